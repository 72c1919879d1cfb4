"""Addresses of a provider's price lists."""

from django.urls import URLPattern, path

from ols.web.provider.views import pricelist as views

urlpatterns: list[URLPattern] = [
    path("contracts/<uuid:uuid>/prices/", views.pricelist_list, name="pricelist-list"),
    path("contracts/<uuid:uuid>/prices/<uuid:price_list>/", views.pricelist_show, name="pricelist-show"),
    path(
        "contracts/<uuid:uuid>/prices/<uuid:price_list>/withdraw/",
        views.pricelist_withdraw,
        name="pricelist-withdraw",
    ),
    path("contracts/<uuid:uuid>/areas/<str:area>/prices/", views.pricelist_edit, name="pricelist-edit"),
]
