"""Addresses of the insurer's payment pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
