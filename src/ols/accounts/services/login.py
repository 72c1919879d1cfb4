"""Logging in with an address and a password, guessing slowed down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import authenticate

from ols.accounts import models
from ols.audit import services as audit
from ols.db import crypto
from ols.db.transactions import use_case
from ols.kernel.actor import Actor

FREE_FAILURES = 5
FAILURES_COUNT_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class LoginAnswer:
    """Who may enter; with nobody, until when further attempts are not looked at (None: try again at once)."""

    user: models.User | None
    wait_until: datetime | None = None


@use_case
def log_in(*, actor: Actor, email: str, password: str, at: datetime) -> LoginAnswer:
    """Check an address and a password; `actor` is the visitor, whose network place counts too.

    After five failures within 15 minutes each further one doubles the time to wait, from one minute on.
    Nothing in the answer tells whether the address is known.
    """
    index = crypto.blind_index(email.strip().lower(), purpose="login")
    recent = models.LoginFailure.objects.filter(
        email_index=index, ip=actor.ip, at__gt=at - FAILURES_COUNT_FOR
    )
    wait_until = _wait_until(list(recent.order_by("at").values_list("at", flat=True)))
    if wait_until is not None and wait_until > at:
        return LoginAnswer(None, wait_until)
    user = authenticate(username=email.strip(), password=password)
    if not isinstance(user, models.User):
        models.LoginFailure.objects.create(email_index=index, ip=actor.ip, at=at)
        return LoginAnswer(None)
    recent.delete()
    audit.record(event="user.login", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)
    return LoginAnswer(user)


def _wait_until(failures: Sequence[datetime]) -> datetime | None:
    """Return when the next attempt is looked at, given the recent failures in order of time."""
    over = len(failures) - FREE_FAILURES
    if over < 0:
        return None
    return failures[-1] + min(timedelta(minutes=2**over), FAILURES_COUNT_FOR)
