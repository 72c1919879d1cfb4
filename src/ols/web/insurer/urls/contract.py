"""Addresses of the insurer's offers and contracts."""

from django.urls import URLPattern, path

from ols.web.insurer.views import network, offer, queue

urlpatterns: list[URLPattern] = [
    path("offers/", queue.offer_list, name="offer-list"),
    path("contracts/", network.contract_list, name="contract-list"),
    path("contracts/network.<str:kind>", network.contract_export, name="contract-export"),
    path("contracts/<uuid:uuid>/", offer.contract_show, name="contract-show"),
    path("contracts/<uuid:uuid>/accept/", offer.contract_accept, name="contract-accept"),
    path("contracts/<uuid:uuid>/return/", offer.contract_return, name="contract-return"),
    path("contracts/<uuid:uuid>/reject/", offer.contract_reject, name="contract-reject"),
    path("contracts/<uuid:uuid>/answered/", offer.contract_answered, name="contract-answered"),
]
