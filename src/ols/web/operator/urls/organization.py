"""Addresses of the operator's organization pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
