"""Addresses of the insurer's home pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
