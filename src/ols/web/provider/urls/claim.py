"""Addresses of the provider's claim pages. No number of a person is ever in one."""

from django.urls import URLPattern, path

from ols.web.provider.views import claim as views
from ols.web.provider.views import claim_files as files
from ols.web.provider.views import claim_new as new

urlpatterns: list[URLPattern] = [
    path("claims/", views.claim_list, name="claim-list"),
    path("claims/claims.<str:kind>", files.claim_export, name="claim-export"),
    path("claims/new/", new.claim_new, name="claim-new"),
    path("claims/new/cover/", new.claim_choose, name="claim-choose"),
    path("claims/new/<uuid:uuid>/", new.claim_draft, name="claim-draft"),
    path("claims/new/<uuid:uuid>/services/", new.claim_services, name="claim-services"),
    path("claims/new/<uuid:uuid>/discard/", new.claim_discard, name="claim-discard"),
    path("claims/<uuid:uuid>/", views.claim_detail, name="claim-detail"),
    path("claims/<uuid:uuid>/decision.pdf", files.claim_print, name="claim-print"),
    path("claims/<uuid:uuid>/confirm/", views.claim_confirm, name="claim-confirm"),
    path("claims/<uuid:uuid>/cancel/", views.claim_cancel, name="claim-cancel"),
    path("claims/<uuid:uuid>/reverse/", views.claim_reverse, name="claim-reverse"),
]
