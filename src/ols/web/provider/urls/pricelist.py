"""Addresses of the provider's pricelist pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
