"""Addresses of the public's session pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
