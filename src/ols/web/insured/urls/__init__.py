"""Addresses of the insured's pages: one module a noun."""

from ols.web.insured.urls import home

app_name = "insured"
urlpatterns = [
    *home.urlpatterns,
]
