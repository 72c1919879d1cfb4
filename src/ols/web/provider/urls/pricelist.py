"""Addresses of a provider's price lists."""

from django.urls import URLPattern, path

from ols.web.provider.views import pricecheck, pricefile, pricegrid, pricelines
from ols.web.provider.views import pricelist as views

_AREA = "contracts/<uuid:uuid>/areas/<str:area>/prices/"
_LIST = "contracts/<uuid:uuid>/prices/<uuid:price_list>/"

urlpatterns: list[URLPattern] = [
    path("contracts/<uuid:uuid>/prices/", views.pricelist_list, name="pricelist-list"),
    path("contracts/<uuid:uuid>/prices/<uuid:price_list>/", views.pricelist_show, name="pricelist-show"),
    path(
        "contracts/<uuid:uuid>/prices/<uuid:price_list>/withdraw/",
        views.pricelist_withdraw,
        name="pricelist-withdraw",
    ),
    path(
        "contracts/<uuid:uuid>/prices/<uuid:price_list>/file.<str:kind>",
        pricefile.pricelist_file,
        name="pricelist-file",
    ),
    path(f"{_LIST}answer/", pricelines.pricelist_answer, name="pricelist-answer"),
    path(f"{_LIST}answer/check/", pricelines.answer_check, name="pricelist-answer-check"),
    path(f"{_LIST}rework/", pricelines.pricelist_rework, name="pricelist-rework"),
    path(_AREA, pricegrid.pricelist_edit, name="pricelist-edit"),
    path(f"{_AREA}rows/", pricegrid.pricelist_save, name="pricelist-save"),
    path(f"{_AREA}check/", pricecheck.pricelist_check, name="pricelist-check"),
    path(f"{_AREA}import/", pricefile.pricelist_import, name="pricelist-import"),
    path(f"{_AREA}export.<str:kind>", pricefile.pricelist_export, name="pricelist-export"),
]
