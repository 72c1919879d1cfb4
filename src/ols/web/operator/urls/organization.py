"""Addresses of the operator's organization pages."""

from django.urls import URLPattern, path

from ols.web.operator.views import organization

urlpatterns: list[URLPattern] = [
    path("organizations/", organization.organization_list, name="organization-list"),
]
