"""What the library of second factors asks of us: how secrets are kept, and what we are called."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from ols.db import crypto

_PLACE = "mfa_authenticator.data"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Messages and letters about accounts are ours (accounts.services); the library only counts attempts."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network place attempts are counted for, the same as everywhere in the system."""
        return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - no address to listen on


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of codes are encrypted like every secret here: the key lives outside the database."""

    def encrypt(self, text: str) -> str:
        """Return what may be stored."""
        return base64.b64encode(crypto.encrypt(text, place=_PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret again."""
        return crypto.decrypt(base64.b64decode(encrypted_text), place=_PLACE)

    def _get_site_name(self) -> str:
        """Return the name a browser shows beside a passkey."""
        return "System OLS"
