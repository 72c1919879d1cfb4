"""Addresses of the provider's contract pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
