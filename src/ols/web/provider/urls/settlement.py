"""Addresses of the provider's settlement pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
