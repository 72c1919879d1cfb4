"""Addresses of the operator's home pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
