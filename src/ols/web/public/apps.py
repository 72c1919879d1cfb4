"""Django's entry for these pages (templates and static files are found through it)."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "ols.web.public"
    label = "web_public"
