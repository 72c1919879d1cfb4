"""Django's entry for the shared pieces (templates, static files and tags are found through it)."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "ols.web.components"
    label = "web_components"
