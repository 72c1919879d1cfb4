"""Addresses of the insurer's payment pages."""

from django.urls import URLPattern, path

from ols.web.insurer.views import payment as views
from ols.web.insurer.views import settlement as reports

urlpatterns: list[URLPattern] = [
    path("payments/", views.payment_list, name="payment-list"),
    path("payments/reports/<uuid:uuid>/", reports.settlement_detail, name="settlement-detail"),
    path(
        "payments/reports/<uuid:uuid>/invoice.<str:kind>",
        reports.settlement_invoice,
        name="settlement-invoice",
    ),
    path("payments/<uuid:uuid>/", views.payment_detail, name="payment-detail"),
    path("payments/<uuid:uuid>/approve/", views.payment_approve, name="payment-approve"),
    path("payments/<uuid:uuid>/cancel/", views.payment_cancel, name="payment-cancel"),
    path("payments/<uuid:uuid>/file.xml", views.payment_file, name="payment-file"),
]
