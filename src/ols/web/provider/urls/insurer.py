"""Addresses of the insurers as a provider sees them."""

from django.urls import URLPattern, path

from ols.web.provider.views import insurer as views

urlpatterns: list[URLPattern] = [
    path("insurers/", views.insurer_list, name="insurer-list"),
    path("insurers/<uuid:uuid>/", views.insurer_show, name="insurer-show"),
    path("insurers/<uuid:uuid>/join/", views.insurer_join, name="insurer-join"),
]
