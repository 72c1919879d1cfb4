"""The address of the installable app."""

from django.urls import URLPattern, path

from ols.web.public.views import app

urlpatterns: list[URLPattern] = [path("app.webmanifest", app.app_manifest, name="app-manifest")]
