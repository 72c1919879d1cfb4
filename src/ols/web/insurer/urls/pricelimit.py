"""Addresses of the insurer's price-limit pages."""

from django.urls import URLPattern, path

from ols.web.insurer.views import pricelimit

urlpatterns: list[URLPattern] = [
    path("price-limits/", pricelimit.pricelimit_list, name="pricelimit-list"),
    path("price-limits/<slug:area>/", pricelimit.pricelimit_edit, name="pricelimit-edit"),
]
