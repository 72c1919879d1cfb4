"""Codes an application shows for 30 seconds each (TOTP, RFC 6238): computed by allauth, counted here.

The library forgets a used code after one period while it accepts it for three; therefore the last accepted
period is kept with the factor, and nothing up to it passes again.
"""

import base64
import hmac
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote, urlencode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

PERIOD_SECONDS = 30
# The clock of a telephone may be a period early or late.
_TOLERANCE = 1
_LAST_PERIOD = "last_period"


def new_secret() -> str:
    """Return a fresh secret, as people type it into an application."""
    return str(totp.generate_totp_secret())


def secret_from(seed: str) -> str:
    """Return the secret that belongs to a seed: for the people of a demo, who guard nothing."""
    return base64.b32encode(sha256(seed.encode()).digest()[:20]).decode()


def address(*, email: str, secret: str) -> str:
    """Return what the QR code says."""
    return f"otpauth://totp/{quote('System OLS')}:{quote(email)}?" + urlencode(
        {"secret": secret, "issuer": get_adapter().get_totp_issuer()}, quote_via=quote
    )


def current(secret: str, *, at: datetime) -> str:
    """Return the code of the moment."""
    return _code(secret, _period(at))


def period_of(secret: str, code: str, *, at: datetime, after: int = -1) -> int | None:
    """Return the period the code belongs to, if it is a current one and later than `after`."""
    now = _period(at)
    found = [
        period
        for period in range(now - _TOLERANCE, now + _TOLERANCE + 1)
        if hmac.compare_digest(_code(secret, period), code) and period > after
    ]
    return found[0] if found else None


def secret_of(row: Authenticator) -> str:
    """Return the secret of a stored factor."""
    return str(get_adapter().decrypt(row.data["secret"]))


def use(row: Authenticator, code: str, *, at: datetime) -> bool:
    """Use the code up; the caller holds the lock on the factor's row. False: wrong, or used before."""
    period = period_of(secret_of(row), code, at=at, after=row.data.get(_LAST_PERIOD, -1))
    if period is None:
        return False
    row.data[_LAST_PERIOD] = period
    row.last_used_at = at
    row.save(update_fields=["data", "last_used_at"])
    return True


def stored(secret: str, *, last_period: int) -> dict[str, object]:
    """Return the columns of a new factor."""
    return {"secret": get_adapter().encrypt(secret), _LAST_PERIOD: last_period}


def _period(at: datetime) -> int:
    return int(at.timestamp()) // PERIOD_SECONDS


def _code(secret: str, period: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, period)))
