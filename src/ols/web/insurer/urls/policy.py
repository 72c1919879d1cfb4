"""Addresses of the insurer's policy pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
