"""Addresses of the operator's register pages."""

from django.urls import URLPattern, path

from ols.web.operator.views import alert, entry, imports, register

_IMPORT = "register/imports/<uuid:uuid>/"

urlpatterns: list[URLPattern] = [
    path("register/", register.register_view, name="register-view"),
    path(_IMPORT, imports.import_detail, name="register-import-detail"),
    path(f"{_IMPORT}changes.<str:kind>", imports.import_export, name="register-import-export"),
    path(f"{_IMPORT}refused.csv", imports.import_refusals, name="register-import-refusals"),
    path("register/alerts/", alert.alert_list, name="alert-list"),
    path("register/alerts/<uuid:uuid>/", alert.alert_detail, name="alert-detail"),
    path("register/entries/<str:book>/", entry.entry_show, name="entry-show"),
]
