"""Addresses of the insurer's policy pages."""

from django.urls import URLPattern, path

from ols.web.insurer.views import policy

urlpatterns: list[URLPattern] = [
    path("policies/", policy.policy_list, name="policy-list"),
    path("policies/import/", policy.policy_import, name="policy-import"),
    path("policies/imports/<uuid:uuid>/", policy.import_detail, name="policy-import-detail"),
    path("policies/imports/<uuid:uuid>/refused.csv", policy.import_refusals, name="policy-import-refusals"),
]
