"""Addresses of the public's mailbox pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
