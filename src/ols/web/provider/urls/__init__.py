"""Addresses of the provider's pages: one module a noun."""

from ols.web.provider.urls import (
    businesscard,
    claim,
    contract,
    cooperation,
    document,
    facility,
    highlight,
    home,
    instruction,
    insurer,
    pricelist,
    settlement,
    staff,
    terms,
)

app_name = "provider"
urlpatterns = [
    *home.urlpatterns,
    *facility.urlpatterns,
    *businesscard.urlpatterns,
    *insurer.urlpatterns,
    *contract.urlpatterns,
    *highlight.urlpatterns,
    *document.urlpatterns,
    *cooperation.urlpatterns,
    *pricelist.urlpatterns,
    *claim.urlpatterns,
    *instruction.urlpatterns,
    *settlement.urlpatterns,
    *staff.urlpatterns,
    *terms.urlpatterns,
]
