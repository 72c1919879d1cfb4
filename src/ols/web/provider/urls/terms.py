"""Addresses of terms."""

from django.urls import URLPattern, path

from ols.web.provider.views import terms as views

urlpatterns: list[URLPattern] = [
    path("terms/<uuid:uuid>/", views.terms_show, name="terms-show"),
    path("terms/<uuid:uuid>.pdf", views.terms_print, name="terms-print"),
]
