"""Addresses of the clinic's own data."""

from django.urls import URLPattern, path

from ols.web.provider.views import facility as views

urlpatterns: list[URLPattern] = [
    path("facility/", views.facility_show, name="facility-show"),
    path("facility/edit/", views.facility_edit, name="facility-edit"),
]
