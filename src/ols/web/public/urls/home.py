"""Addresses of the public's home pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
