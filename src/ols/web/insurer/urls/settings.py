"""Addresses of the insurer's settings."""

from functools import partial

from django.urls import URLPattern, path

from ols.web.components.terms import Desk, terms_urls
from ols.web.insurer import setup
from ols.web.insurer.views import areas, needfile, needs, publicnetwork, rules, settings

urlpatterns: list[URLPattern] = [
    path("settings/", settings.settings_show, name="settings-show"),
    path("settings/areas/", areas.area_list, name="area-list"),
    path("settings/areas/<slug:code>/", areas.area_open, name="area-open"),
    path("settings/areas/<slug:code>/close/", areas.area_close, name="area-close"),
    path("settings/areas/<slug:code>/describe/", areas.area_describe, name="area-describe"),
    path("settings/areas/<slug:code>/keep-open/", areas.area_keep, name="area-keep"),
    path("settings/areas/<slug:code>/reopen/", areas.area_reopen, name="area-reopen"),
    *terms_urls(Desk("insurer", "settings/terms/", partial(setup.tabs, current="insurer:terms-list"))),
    path("settings/network/", publicnetwork.publicnetwork_edit, name="publicnetwork-edit"),
    path("settings/rules/", rules.rules_edit, name="rules-edit"),
    path("settings/rules/stop/", rules.rules_stop, name="rules-stop"),
    path("settings/needs/", needs.needs_edit, name="needs-edit"),
    path("settings/needs/needs.<str:kind>", needs.needs_export, name="needs-export"),
    path("settings/needs/template.<str:kind>", needfile.needs_template, name="needs-template"),
    path("settings/needs/import/", needfile.needs_import, name="needs-import"),
    path("settings/needs/import/<uuid:uuid>/", needfile.needimport_show, name="needimport-show"),
    path(
        "settings/needs/import/<uuid:uuid>/discard/", needfile.needimport_discard, name="needimport-discard"
    ),
    path("settings/needs/import/<uuid:uuid>/undo/", needfile.needimport_undo, name="needimport-undo"),
    path("settings/account/", settings.account_edit, name="account-edit"),
]
