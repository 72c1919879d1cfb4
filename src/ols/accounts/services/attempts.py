"""Wrong passwords and codes: counted in the database, so in every process and after every restart.

An attempt is written down as failed before it is looked at and forgotten when it was right: however many come
at once, no more are looked at than one after the other would be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from ols.accounts import models
from ols.db import locks
from ols.db.transactions import use_case
from ols.kernel.actor import Actor


@dataclass(frozen=True)
class Limit:
    """How many failures within a time are free; each further one doubles the wait, from a minute on."""

    free: int
    within: timedelta
    longest: timedelta

    def wait_until(self, failures: Sequence[datetime]) -> datetime | None:
        """Return when the next attempt is looked at, given the failures in order of time."""
        over = len(failures) - self.free
        if over < 0:
            return None
        return failures[-1] + min(timedelta(minutes=2 ** min(over, 12)), self.longest)


_QUARTER = timedelta(minutes=15)
PER_ADDRESS_AND_PLACE = Limit(5, _QUARTER, _QUARTER)
PER_ADDRESS = Limit(20, timedelta(hours=24), timedelta(hours=1))
PER_PLACE = Limit(50, _QUARTER, _QUARTER)
PER_FACTOR = Limit(5, timedelta(hours=1), _QUARTER)


@dataclass(frozen=True)
class Source:
    """Whose password or code is tried (`index`, a keyed hash); the network place is the actor's.

    `browser` is the hash of a browser the person has logged in with before. Such a browser is counted by
    itself alone: a stranger who keeps guessing somewhere else cannot lock its person out.
    """

    index: bytes
    browser: str = ""
    limits: tuple[str, ...] = ("pair", "address", "place")

    def counted(self, ip: str | None) -> list[tuple[Limit, dict[str, Any]]]:
        """Return which failures count against which limit."""
        if self.browser:
            return [(PER_ADDRESS_AND_PLACE, {"email_index": self.index, "browser": self.browser})]
        known: dict[str, tuple[Limit, dict[str, Any]]] = {
            "pair": (PER_ADDRESS_AND_PLACE, {"email_index": self.index, "ip": ip, "browser": ""}),
            "address": (PER_ADDRESS, {"email_index": self.index, "browser": ""}),
            "place": (PER_PLACE, {"ip": ip, "browser": ""}),
            "factor": (PER_FACTOR, {"email_index": self.index}),
        }
        return [known[name] for name in self.limits]


@dataclass(frozen=True)
class Attempt:
    """An attempt that may be looked at (`failure` is its row), or one that has to wait."""

    failure: int | None
    wait_until: datetime | None = None
    # The next one would have to wait: this failure, if it is one, is the moment to warn the person.
    is_last: bool = False


@use_case
def begin(*, actor: Actor, source: Source, at: datetime) -> Attempt:
    """Write the attempt down as failed, unless there were too many: then say until when to wait."""
    _lock(source, actor.ip)
    found = [(limit, _times(where, limit, at)) for limit, where in source.counted(actor.ip)]
    waits = [limit.wait_until(times) for limit, times in found]
    wait_until = max((wait for wait in waits if wait is not None), default=None)
    if wait_until is not None and wait_until > at:
        return Attempt(None, wait_until)
    row = models.LoginFailure.objects.create(
        email_index=source.index, ip=actor.ip, browser=source.browser, at=at
    )
    return Attempt(row.pk, is_last=any(len(times) + 1 == limit.free for limit, times in found))


@use_case
def succeed(*, actor: Actor, source: Source) -> None:
    """Forget what failed from the same place (or browser, or second step): the person is there."""
    if source.limits == ("factor",):
        forget(source.index)
        return
    own: dict[str, Any] = {"browser": source.browser} if source.browser else {"ip": actor.ip, "browser": ""}
    models.LoginFailure.objects.filter(email_index=source.index, **own).delete()


def forget(index: bytes) -> None:
    """Forget every failure of an address, within the caller's transaction."""
    models.LoginFailure.objects.filter(email_index=index).delete()


def _times(where: dict[str, Any], limit: Limit, at: datetime) -> list[datetime]:
    """Return when the latest failures happened, oldest first, no more than make the longest wait."""
    rows: QuerySet[models.LoginFailure] = models.LoginFailure.objects.filter(
        **where, at__gt=at - limit.within
    )
    latest = rows.order_by("-at", "-id").values_list("at", flat=True)[: limit.free + 12]
    return list(reversed(latest))


def _lock(source: Source, ip: str | None) -> None:
    """Let attempts for the same address, and from the same place, count one after the other."""
    for key in sorted({f"address:{source.index.hex()}", f"place:{ip}"}):
        locks.hold("accounts.login", key)
