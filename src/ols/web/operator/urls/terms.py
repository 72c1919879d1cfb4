"""Addresses of the versions of the operator's terms."""

from django.urls import URLPattern

from ols.web.components.terms import Desk, terms_urls

urlpatterns: list[URLPattern] = terms_urls(Desk("operator", "terms/"))
