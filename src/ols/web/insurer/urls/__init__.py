"""Addresses of the insurer's pages: one module a noun."""

from ols.web.insurer.urls import (
    bankstatement,
    claim,
    contract,
    home,
    ownservice,
    payment,
    plan,
    policy,
    pricelimit,
    pricelist,
    settings,
    staff,
)

app_name = "insurer"
urlpatterns = [
    *home.urlpatterns,
    *contract.urlpatterns,
    *pricelist.urlpatterns,
    *plan.urlpatterns,
    *ownservice.urlpatterns,
    *pricelimit.urlpatterns,
    *policy.urlpatterns,
    *claim.urlpatterns,
    *payment.urlpatterns,
    *bankstatement.urlpatterns,
    *staff.urlpatterns,
    *settings.urlpatterns,
]
