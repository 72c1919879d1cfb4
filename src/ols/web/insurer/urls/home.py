"""Address of the insurer's first page."""

from django.urls import URLPattern, path

from ols.web.insurer.views import home

urlpatterns: list[URLPattern] = [path("", home.home_show, name="home-show")]
