"""Service tokens: who a program acts for, signed by us. Issued by a command, good until they expire.

A token holds no rights: they are those of the person in the organization, read again at least every
two seconds, so that a removed membership ends the token with it.
"""

import base64
import binascii
import hmac
import json
import threading
import time
from datetime import datetime

from django.conf import settings

from ols.accounts import selectors as accounts
from ols.kernel.actor import Actor

# Rights taken away must end at once for programs, too; a busy token asks the database once in this time.
_FRESH_SECONDS = 2.0
_MAX_REMEMBERED = 10_000
_LONGEST = 500

_lock = threading.Lock()
_remembered: dict[str, tuple[float, float, Actor]] = {}


class TokenInvalid(Exception):
    """The token is not ours, is over, or its person no longer works for the organization."""


def issue(*, user_id: int, organization_id: int, expires_at: datetime) -> str:
    """Return a token for the person acting for the organization until the moment."""
    content = {"user": user_id, "organization": organization_id, "expires": int(expires_at.timestamp())}
    body = _base64(json.dumps(content).encode())
    return f"{body}.{_base64(_signature(body))}"


def actor_of(token: str) -> Actor:
    """Return who acts with the token now.

    :raises TokenInvalid: nobody may
    """
    now, clock = time.time(), time.monotonic()
    known = _remembered.get(token)
    if known is not None and known[0] > clock and known[1] > now:
        return known[2]
    content = _opened(token)
    if content["expires"] <= now:
        raise TokenInvalid
    actor = accounts.member_actor(
        user_id=content["user"], organization_id=content["organization"], channel="api"
    )
    if actor is None:
        raise TokenInvalid
    with _lock:
        if len(_remembered) >= _MAX_REMEMBERED:
            _remembered.clear()
        _remembered[token] = (clock + _FRESH_SECONDS, content["expires"], actor)
    return actor


def forget_actors() -> None:
    """Read everybody's rights again at the next request."""
    with _lock:
        _remembered.clear()


def _opened(token: str) -> dict[str, int]:
    """Return the signed content."""
    body, _, signature = token.partition(".")
    try:
        given = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        if len(token) > _LONGEST or not hmac.compare_digest(given, _signature(body)):
            raise TokenInvalid
        content: dict[str, int] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (binascii.Error, ValueError) as error:
        raise TokenInvalid from error
    return content


def _signature(body: str) -> bytes:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"ols:api-token", "sha256")
    return hmac.digest(key, body.encode(), "sha256")


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
