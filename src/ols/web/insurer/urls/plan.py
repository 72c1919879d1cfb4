"""Addresses of the insurer's plan pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
