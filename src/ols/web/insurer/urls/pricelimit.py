"""Addresses of the insurer's price-limit pages."""

from django.urls import URLPattern, path

from ols.web.insurer.views import limitchange, limitfile, pricelimit

urlpatterns: list[URLPattern] = [
    path("price-limits/", pricelimit.pricelimit_list, name="pricelimit-list"),
    path("price-limits/changes/<uuid:uuid>/", limitchange.limitchange_show, name="limitchange-show"),
    path(
        "price-limits/changes/<uuid:uuid>/discard/",
        limitchange.limitchange_discard,
        name="limitchange-discard",
    ),
    path("price-limits/<slug:area>/", pricelimit.pricelimit_edit, name="pricelimit-edit"),
    path("price-limits/<slug:area>/undo/", pricelimit.pricelimit_undo, name="pricelimit-undo"),
    path("price-limits/<slug:area>/import/", limitfile.pricelimit_import, name="pricelimit-import"),
    path(
        "price-limits/<slug:area>/export/<slug:kind>/", limitfile.pricelimit_export, name="pricelimit-export"
    ),
    path(
        "price-limits/<slug:area>/services/<slug:service>/",
        pricelimit.pricelimit_history,
        name="pricelimit-history",
    ),
]
