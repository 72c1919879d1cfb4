"""Addresses of the insurer's bank statement pages."""

from django.urls import URLPattern, path

from ols.web.insurer.views import bankstatement as views

urlpatterns: list[URLPattern] = [
    path("bank-statements/", views.bankstatement_list, name="bankstatement-list"),
    path("bank-statements/<uuid:uuid>/", views.bankstatement_detail, name="bankstatement-detail"),
    path(
        "bank-statements/<uuid:uuid>/entries/<int:position>/match/",
        views.bankstatement_match,
        name="bankstatement-match",
    ),
    path(
        "bank-statements/<uuid:uuid>/entries/<int:position>/set-aside/",
        views.bankstatement_aside,
        name="bankstatement-aside",
    ),
]
