"""Addresses of the insurer's offers and contracts."""

from django.urls import URLPattern, path

from ols.web.insurer.views import contract, queue

urlpatterns: list[URLPattern] = [
    path("offers/", queue.offer_list, name="offer-list"),
    path("contracts/", contract.contract_list, name="contract-list"),
    path("contracts/<uuid:uuid>/", contract.contract_show, name="contract-show"),
    path("contracts/<uuid:uuid>/accept/", contract.contract_accept, name="contract-accept"),
    path("contracts/<uuid:uuid>/refuse/", contract.contract_refuse, name="contract-refuse"),
    path("contracts/<uuid:uuid>/documents/<uuid:document>/", contract.document_open, name="document-open"),
]
