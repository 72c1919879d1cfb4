"""Logging in with an address and a password, guessing slowed down."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.contrib.auth import authenticate

from ols.accounts import models, sessions
from ols.accounts.passwords import normalized
from ols.accounts.services import attempts
from ols.accounts.services.letters import warn_of_lockout, write_to
from ols.audit import services as audit
from ols.db import crypto
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor


@dataclass(frozen=True)
class LoginAnswer:
    """Whose password it was, also a blocked person's, who may not enter.

    With nobody: until when further attempts are not looked at (None: try again).
    """

    user: models.User | None
    wait_until: datetime | None = None


def log_in(*, actor: Actor, email: str, password: str, at: datetime, browser: str = "") -> LoginAnswer:
    """Check an address and a password; `actor` is the visitor, whose network place counts too.

    `browser` is the secret of the browser's cookie, if it has one. Nothing in the answer tells whether the
    address is known; an unknown one takes as long. Two transactions: see `attempts`.
    """
    source = attempts.Source(_index(email), _known_browser(email, browser))
    attempt = attempts.begin(actor=actor, source=source, at=at)
    if attempt.failure is None:
        return LoginAnswer(None, attempt.wait_until)
    user = authenticate(username=email.strip(), password=normalized(password))
    if isinstance(user, models.User):
        attempts.succeed(actor=actor, source=source)
        return LoginAnswer(user)
    if attempt.is_last:
        warn_of_lockout(actor=actor, email=email, at=at)
    return LoginAnswer(None)


@use_case
def begin_session(
    *, actor: Actor, user: models.User, factor: str, browser: str, user_agent: str, at: datetime
) -> str:
    """Write down that the person has logged in; return the secret for the browser's cookie.

    A browser nobody has logged in with before is a reason for a letter, except the person's first.
    """
    person = replace(actor, user_id=user.pk, name=user.name)
    audit.record(
        event="user.login",
        subject_kind="user",
        subject_uuid=user.uuid,
        actor=person,
        at=at,
        data={"factor": factor, "browser": sessions.browser_name(user_agent)},
    )
    own = models.Browser.objects.filter(user=user)
    if browser and own.filter(secret_sha256=_hash(browser)).exists():
        return browser
    if own.exists():
        write_to(user, "new_browser", actor=actor, at=at, detail=sessions.browser_name(user_agent))
    # A cookie that is not of ours may be one that somebody else planted and knows.
    is_ours = bool(browser) and models.Browser.objects.filter(secret_sha256=_hash(browser)).exists()
    secret = browser if is_ours else secrets.token_urlsafe(32)
    models.Browser.objects.get_or_create(user=user, secret_sha256=_hash(secret), defaults={"created_at": at})
    return secret


@within_transaction
def forget_failures(user: models.User) -> None:
    """Let the person log in at once: they have just proved themselves by a link."""
    attempts.forget(_index(user.email))


def _index(email: str) -> bytes:
    return crypto.blind_index(email.strip().lower(), purpose="login")


def _known_browser(email: str, secret: str) -> str:
    """Return the hash of the browser's secret if the person with the address has logged in with it."""
    if not secret:
        return ""
    known = models.Browser.objects.filter(user__email__iexact=email.strip(), secret_sha256=_hash(secret))
    return _hash(secret) if known.exists() else ""


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
