"""Addresses of the insurer's settings."""

from functools import partial

from django.urls import URLPattern, path

from ols.web.components.terms import Desk, terms_urls
from ols.web.insurer import setup
from ols.web.insurer.views import needs, publicnetwork, rules, settings

urlpatterns: list[URLPattern] = [
    path("settings/", settings.settings_show, name="settings-show"),
    path("settings/areas/", settings.area_list, name="area-list"),
    path("settings/areas/<slug:code>/", settings.area_open, name="area-open"),
    *terms_urls(Desk("insurer", "settings/terms/", partial(setup.tabs, current="insurer:terms-list"))),
    path("settings/network/", publicnetwork.publicnetwork_edit, name="publicnetwork-edit"),
    path("settings/rules/", rules.rules_edit, name="rules-edit"),
    path("settings/rules/stop/", rules.rules_stop, name="rules-stop"),
    path("settings/needs/", needs.needs_edit, name="needs-edit"),
    path("settings/needs/needs.<str:kind>", needs.needs_export, name="needs-export"),
    path("settings/account/", settings.account_edit, name="account-edit"),
]
