"""Addresses of the insurer's pages: one module a noun."""

from ols.web.insurer.urls import (
    bankstatement,
    claim,
    contract,
    cooperation,
    document,
    home,
    ownservice,
    payment,
    plan,
    policy,
    pricelimit,
    pricelist,
    requirement,
    settings,
    staff,
)

app_name = "insurer"
urlpatterns = [
    *home.urlpatterns,
    *contract.urlpatterns,
    *document.urlpatterns,
    *cooperation.urlpatterns,
    *pricelist.urlpatterns,
    *plan.urlpatterns,
    *ownservice.urlpatterns,
    *pricelimit.urlpatterns,
    *policy.urlpatterns,
    *claim.urlpatterns,
    *payment.urlpatterns,
    *bankstatement.urlpatterns,
    *staff.urlpatterns,
    *requirement.urlpatterns,
    *settings.urlpatterns,
]
