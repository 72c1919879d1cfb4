"""Addresses of a co-operation that lasts: its end, its contact, its account."""

from django.urls import URLPattern, path

from ols.web.provider.views import account, cooperation

_CONTRACT = "contracts/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path(f"{_CONTRACT}/notice/", cooperation.contract_notice, name="contract-notice"),
    path(
        f"{_CONTRACT}/notice/withdraw/", cooperation.contract_notice_withdraw, name="contract-notice-withdraw"
    ),
    path(f"{_CONTRACT}/contact/", cooperation.contract_contact, name="contract-contact"),
    path(
        f"{_CONTRACT}/history.<str:kind>", cooperation.contract_history_export, name="contract-history-export"
    ),
    path(f"{_CONTRACT}/account/", account.account_new, name="account-new"),
    path("accounts/bank/", account.account_bank, name="account-bank"),
    path("accounts/<uuid:uuid>/", account.account_show, name="account-show"),
    path("accounts/<uuid:uuid>/confirm/", account.account_confirm, name="account-confirm"),
    path("accounts/<uuid:uuid>/refuse/", account.account_refuse, name="account-refuse"),
    path("accounts/<uuid:uuid>/withdraw/", account.account_withdraw, name="account-withdraw"),
]
