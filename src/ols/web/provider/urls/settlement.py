"""Addresses of the provider's settlement pages."""

from django.urls import URLPattern, path

from ols.web.provider.views import settlement as views
from ols.web.provider.views import settlement_files as files

urlpatterns: list[URLPattern] = [
    path("settlements/", views.settlement_list, name="settlement-list"),
    path("settlements/new/", views.settlement_new, name="settlement-new"),
    path("settlements/reports.<str:kind>", files.settlement_export, name="settlement-export"),
    path("settlements/<uuid:uuid>/", views.settlement_detail, name="settlement-detail"),
    path("settlements/<uuid:uuid>/confirm/", views.settlement_confirm, name="settlement-confirm"),
    path("settlements/<uuid:uuid>/discard/", views.settlement_discard, name="settlement-discard"),
    path("settlements/<uuid:uuid>/claims.<str:kind>", files.settlement_claims, name="settlement-claims"),
    path("settlements/<uuid:uuid>/report.pdf", files.settlement_print, name="settlement-print"),
    path("settlements/<uuid:uuid>/invoice.<str:kind>", files.settlement_invoice, name="settlement-invoice"),
]
