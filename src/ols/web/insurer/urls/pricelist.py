"""Addresses of the insurer's pricelist pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
