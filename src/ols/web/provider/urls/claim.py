"""Addresses of the provider's claim pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
