"""Addresses of the operator's register pages."""

from django.urls import URLPattern, path

from ols.web.operator.views import register

urlpatterns: list[URLPattern] = [
    path("register/", register.register_view, name="register-view"),
    path("register/imports/<uuid:uuid>/", register.import_detail, name="register-import-detail"),
    path(
        "register/imports/<uuid:uuid>/refused.csv", register.import_refusals, name="register-import-refusals"
    ),
]
