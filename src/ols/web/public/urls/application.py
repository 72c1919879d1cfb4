"""Addresses of the public's application pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
