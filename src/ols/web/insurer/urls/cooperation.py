"""Addresses of a co-operation that lasts: suspended, ended, its history, its account."""

from django.urls import URLPattern, path

from ols.web.insurer.views import account, cooperation

_CONTRACT = "contracts/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path(f"{_CONTRACT}/suspend/", cooperation.contract_suspend, name="contract-suspend"),
    path(f"{_CONTRACT}/resume/", cooperation.contract_resume, name="contract-resume"),
    path(f"{_CONTRACT}/end/", cooperation.contract_end, name="contract-end"),
    path(f"{_CONTRACT}/end/withdraw/", cooperation.contract_end_withdraw, name="contract-end-withdraw"),
    path(f"{_CONTRACT}/history/", cooperation.contract_history, name="contract-history"),
    path(
        f"{_CONTRACT}/history.<str:kind>", cooperation.contract_history_export, name="contract-history-export"
    ),
    path("accounts/<uuid:uuid>/", account.account_show, name="account-show"),
    path("accounts/<uuid:uuid>/confirm/", account.account_confirm, name="account-confirm"),
    path("accounts/<uuid:uuid>/refuse/", account.account_refuse, name="account-refuse"),
]
