"""Addresses of the price lists an insurer decides on."""

from django.urls import URLPattern, path

from ols.web.insurer.views import pricelines, pricelist

urlpatterns: list[URLPattern] = [
    path("price-lists/<uuid:uuid>/", pricelist.pricelist_show, name="pricelist-show"),
    path("price-lists/<uuid:uuid>/accept/", pricelist.pricelist_accept, name="pricelist-accept"),
    path("price-lists/<uuid:uuid>/check/", pricelines.pricelist_check, name="pricelist-check"),
    path("price-lists/<uuid:uuid>/export/<slug:kind>/", pricelist.pricelist_export, name="pricelist-export"),
    path("price-lists/<uuid:uuid>/lines/", pricelines.pricelist_lines, name="pricelist-lines"),
    path("price-lists/<uuid:uuid>/return/", pricelist.pricelist_return, name="pricelist-return"),
]
