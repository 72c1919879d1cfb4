"""Addresses of the insurer's pages: one module a noun."""

from ols.web.insurer.urls import (
    bankstatement,
    contract,
    home,
    payment,
    plan,
    policy,
    pricelimit,
    pricelist,
    staff,
)

app_name = "insurer"
urlpatterns = [
    *home.urlpatterns,
    *contract.urlpatterns,
    *pricelist.urlpatterns,
    *plan.urlpatterns,
    *pricelimit.urlpatterns,
    *policy.urlpatterns,
    *payment.urlpatterns,
    *bankstatement.urlpatterns,
    *staff.urlpatterns,
]
