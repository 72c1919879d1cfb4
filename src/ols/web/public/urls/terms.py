"""Addresses of the platform's terms."""

from django.urls import URLPattern, path

from ols.web.public.views import terms

urlpatterns: list[URLPattern] = [
    path("terms/", terms.terms_show, name="terms-show"),
    path("terms/pdf/", terms.terms_download, name="terms-download"),
]
