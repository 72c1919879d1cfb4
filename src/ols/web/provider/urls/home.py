"""Addresses of the provider's home pages and of the insurance service's."""

from django.urls import URLPattern, path

from ols.web.provider.views import home as views

urlpatterns: list[URLPattern] = [
    path("", views.home_show, name="home-show"),
    path("insurance/", views.service_show, name="service-show"),
    path("insurance/information/", views.service_about, name="service-about"),
    path("insurance/terms/", views.service_terms, name="service-terms"),
]
