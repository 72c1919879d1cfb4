"""Addresses of the insurer's own services."""

from django.urls import URLPattern, path

from ols.web.insurer.views import ownservice, ownservicefile

urlpatterns: list[URLPattern] = [
    path("procedures/", ownservice.procedure_find, name="procedure-find"),
    path("own-services/<slug:area>/", ownservice.ownservice_list, name="ownservice-list"),
    path("own-services/<slug:area>/import/", ownservicefile.ownservice_import, name="ownservice-import"),
    path(
        "own-services/<slug:area>/export/<slug:kind>/",
        ownservicefile.ownservice_export,
        name="ownservice-export",
    ),
    path("own-service/<slug:service>/", ownservice.ownservice_edit, name="ownservice-edit"),
    path("own-service/<slug:service>/retire/", ownservice.ownservice_retire, name="ownservice-retire"),
]
