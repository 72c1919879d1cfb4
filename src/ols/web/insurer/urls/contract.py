"""Addresses of the insurer's contract pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
