"""Addresses of the insured's home pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
