"""Addresses of the provider's home pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
