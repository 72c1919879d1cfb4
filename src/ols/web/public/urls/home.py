"""Addresses of the public home pages."""

from django.urls import URLPattern, path

from ols.web.public.views import home

urlpatterns: list[URLPattern] = [
    path("", home.home_show, name="home-show"),
    path("medicine/", home.medicine_show, name="medicine-show"),
    path("medicine/insurance/", home.insurance_view, name="insurance-view"),
]
