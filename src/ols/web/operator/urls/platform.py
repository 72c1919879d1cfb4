"""Addresses of the settings of the platform."""

from django.urls import URLPattern, path

from ols.web.operator.views import platform

urlpatterns: list[URLPattern] = [path("settings/", platform.platform_settings, name="platform-settings")]
