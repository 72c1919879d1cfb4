"""Addresses of the operator's pages about insurers."""

from django.urls import URLPattern, path

from ols.web.operator.views import insurer

urlpatterns: list[URLPattern] = [path("insurers/new/", insurer.insurer_new, name="insurer-new")]
