"""Addresses of the operator's application pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
