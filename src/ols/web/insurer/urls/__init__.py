"""Addresses of the insurer's pages: one module a noun."""

from ols.web.insurer.urls import home, contract, pricelist, plan, pricelimit, policy, payment, bankstatement

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
]
