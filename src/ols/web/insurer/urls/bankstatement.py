"""Addresses of the insurer's bankstatement pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
