"""Addresses of a provider's contracts."""

from django.urls import URLPattern, path

from ols.web.provider.views import contract as views

urlpatterns: list[URLPattern] = [
    path("contracts/<uuid:uuid>/", views.contract_show, name="contract-show"),
    path("contracts/<uuid:uuid>/parameters/", views.contract_parameters, name="contract-parameters"),
    path("contracts/<uuid:uuid>/send/", views.contract_send, name="contract-send"),
    path("contracts/<uuid:uuid>/withdraw/", views.contract_withdraw, name="contract-withdraw"),
    path("contracts/<uuid:uuid>/history/", views.contract_history, name="contract-history"),
    path("contracts/<uuid:uuid>/terms/", views.contract_areas, name="contract-areas"),
]
