"""Addresses of the insurer's claim pages. No number of a person is ever in one."""

from django.urls import URLPattern, path

from ols.web.insurer.views import claim

urlpatterns: list[URLPattern] = [
    path("claims/", claim.claim_list, name="claim-list"),
    path("claims/all/", claim.claim_all, name="claim-all"),
    path("claims/all/claims.<str:kind>", claim.claim_export, name="claim-export"),
    path("claims/<uuid:uuid>/", claim.claim_detail, name="claim-detail"),
    path("claims/<uuid:uuid>/approve/", claim.claim_approve, name="claim-approve"),
    path("claims/<uuid:uuid>/deny/", claim.claim_deny, name="claim-deny"),
]
