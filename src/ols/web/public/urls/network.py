"""Addresses of the public networks."""

from django.urls import URLPattern, path

from ols.web.public.views import network

urlpatterns: list[URLPattern] = [
    path("network/", network.network_list, name="network-list"),
    path("network/<slug:slug>/", network.network_show, name="network-show"),
    path("network/<slug:slug>/near/", network.network_near, name="network-near"),
    path("network/<slug:slug>/embed/", network.network_embed, name="network-embed"),
    path("network/<slug:slug>/clinics/<uuid:uuid>/", network.network_clinic, name="network-clinic"),
]
