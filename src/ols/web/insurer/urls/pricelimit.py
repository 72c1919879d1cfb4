"""Addresses of the insurer's pricelimit pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
