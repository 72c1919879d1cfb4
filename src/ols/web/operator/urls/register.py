"""Addresses of the operator's register pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
