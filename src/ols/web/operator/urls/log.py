"""Addresses of the log of everything."""

from django.urls import URLPattern, path

from ols.web.operator.views import log

urlpatterns: list[URLPattern] = [
    path("log/", log.log_list, name="log-list"),
    path("log/export.<str:kind>", log.log_export, name="log-export"),
    path("log/<int:number>/", log.log_detail, name="log-detail"),
]
