"""Addresses of the operator's home page."""

from django.urls import URLPattern, path

from ols.web.operator.views import home

urlpatterns: list[URLPattern] = [path("", home.home_show, name="home-show")]
