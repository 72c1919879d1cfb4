"""Addresses of the provider's insurer pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
