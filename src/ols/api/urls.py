"""Addresses of the JSON API below /api/v1/."""

from django.urls import path

from ols.api.rest import claims

app_name = "api"
urlpatterns = [
    path("claims/check", claims.check, name="claim-check"),
    path("claims/authorize", claims.authorize, name="claim-authorize"),
]
