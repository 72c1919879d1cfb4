"""Addresses of the operator's staff pages."""

from django.urls import URLPattern

from ols.web.components.staff import StaffPages

urlpatterns: list[URLPattern] = StaffPages("operator").urls()
