"""Addresses of the provider's facility pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
