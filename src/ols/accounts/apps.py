"""Django's entry for this package."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class Config(AppConfig):
    name = "ols.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Note every session in the list its person sees, whichever way somebody logged in."""
        from ols.accounts import sessions  # noqa: PLC0415 - models can be imported from here on only

        user_logged_in.connect(sessions.note, dispatch_uid="ols.accounts.sessions")
