"""Passkeys (WebAuthn): challenges and checks by allauth; what a browser sends is JSON in a form's field.

The challenge waits in the session of the request the library knows; it is used up by the first right answer.
"""

import ipaddress
import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError

from ols.accounts import models

_TOO_LONG = 20_000


class PasskeyWrong(Exception):
    """No passkey of the person, an old challenge, or no passkey at all."""


def usable(host: str) -> bool:
    """Say whether browsers allow passkeys here: they are bound to a name, never to a number."""
    try:
        ipaddress.ip_address(host.rsplit(":", 1)[0].strip("[]"))
    except ValueError:
        return True
    return False


def options_to_add(user: models.User) -> dict[str, Any]:
    """Return what the browser needs to make a passkey that works without a password, too."""
    return _plain(webauthn.begin_registration(user, passwordless=True))


def options_to_prove(user: models.User | None) -> dict[str, Any]:
    """Return what the browser needs to prove a passkey: of the person, or of whoever has one here."""
    return _plain(webauthn.begin_authentication(user))


def added(answer: str) -> dict[str, Any]:
    """Return the credential the browser made, checked against the challenge.

    :raises PasskeyWrong: it does not answer the challenge
    """
    credential = _parsed(answer)
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError) as error:
        raise PasskeyWrong from error
    return credential


def proven(answer: str, *, user: models.User | None) -> Authenticator:
    """Return the passkey that answered the challenge: the person's, or with None whoever's it says it is.

    :raises PasskeyWrong: it does not answer the challenge
    """
    credential = _parsed(answer)
    try:
        webauthn.parse_authentication_response(credential)
        owner = user or webauthn.extract_user_from_response(credential)
        return webauthn.complete_authentication(owner, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyWrong from error


def _parsed(answer: str) -> dict[str, Any]:
    """Return the browser's answer as JSON."""
    try:
        found = json.loads(answer) if len(answer) < _TOO_LONG else None
    except ValueError as error:
        raise PasskeyWrong from error
    if not isinstance(found, dict):
        raise PasskeyWrong
    return found


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options as plain values for JSON."""
    found: dict[str, Any] = json.loads(json.dumps(options, default=dict))
    return found
