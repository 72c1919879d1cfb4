"""Addresses of the provider's pages: one module a noun."""

from ols.web.provider.urls import home, facility, insurer, contract, pricelist, claim, settlement

app_name = "provider"
urlpatterns = [
    *home.urlpatterns,
    *facility.urlpatterns,
    *insurer.urlpatterns,
    *contract.urlpatterns,
    *pricelist.urlpatterns,
    *claim.urlpatterns,
    *settlement.urlpatterns,
]
