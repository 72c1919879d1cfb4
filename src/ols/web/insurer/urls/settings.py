"""Addresses of the insurer's settings."""

from django.urls import URLPattern, path

from ols.web.insurer.views import settings, terms

urlpatterns: list[URLPattern] = [
    path("settings/", settings.settings_show, name="settings-show"),
    path("settings/documents/", settings.requirement_list, name="requirement-list"),
    path("settings/documents/<uuid:uuid>/", settings.requirement_switch, name="requirement-switch"),
    path("settings/areas/", settings.area_list, name="area-list"),
    path("settings/areas/<slug:code>/", settings.area_open, name="area-open"),
    path("settings/terms/", terms.terms_list, name="terms-list"),
    path("settings/terms/new/", terms.terms_new, name="terms-new"),
    path("settings/terms/<uuid:uuid>/", terms.terms_show, name="terms-show"),
    path("settings/account/", settings.account_edit, name="account-edit"),
]
