"""Keeps the promises of committed transactions: takes outbox messages and runs their handlers."""

import contextlib
import logging
import threading
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from ols.claims import services as claims
from ols.jobs import schedule
from ols.kernel.actor import Actor
from ols.network import services as network
from ols.notifications import email, services

POLL_SECONDS: Final = 1.0
logger = logging.getLogger(__name__)


def announce(payload: Mapping[str, Any]) -> None:
    """Tell whom a decided or changed claim concerns."""
    claims.announce_claim(
        actor=Actor.system("job"), claim_uuid=UUID(str(payload["claim"])), at=timezone.now()
    )


def read_later(payload: Mapping[str, Any]) -> None:
    """Leave a register extract to the job worker: reading takes seconds, letters shall not wait for it."""
    schedule.read_extract.defer(reading=str(payload["reading"]))


def tell_later(payload: Mapping[str, Any]) -> None:
    """Leave the letters about new terms to the job worker: there may be thousands."""
    lock = f"tell_about_terms-{payload['terms']}"  # whatever is due is told, this version's letters among it
    schedule.tell_about_terms.configure(queueing_lock=lock).defer(timestamp=0)


def tell_badges_later(payload: Mapping[str, Any]) -> None:
    """Leave the letters about badges to the job worker; one that waits already will see everything."""
    insurer_id = int(payload["insurer_id"])
    job = schedule.tell_of_badges.configure(queueing_lock=f"tell_of_badges-{insurer_id}")
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(insurer_id=insurer_id)


# Kinds without a handler here stay in the outbox untouched until somebody reads them.
HANDLERS: Final[Mapping[str, services.Handler]] = {
    "badges.changed": tell_badges_later,
    "email": email.send,
    "letter": network.send_letter,
    "claim.decided": announce,
    "claim.changed": announce,
    "extract.waiting": read_later,
    "terms.published": tell_later,
}


def run(stop: threading.Event, *, poll_seconds: float = POLL_SECONDS) -> None:
    """Deliver batch after batch until `stop` is set; a batch that was begun is finished first.

    A lost database is waited for: the messages are still there when it comes back.
    """
    while not stop.is_set():
        if deliver_batch() == 0:
            stop.wait(poll_seconds)
    connection.close()


def deliver_batch() -> int:
    """Deliver one batch; return how many messages were taken, 0 also when the database is away.

    After an import of policies the counters of the insurer's covers are made; were that cut short, the
    nightly job or the first claim makes them.
    """
    insurers: set[int] = set()

    def remember(payload: Mapping[str, Any]) -> None:
        insurers.add(int(payload["insurer_id"]))

    try:
        taken = services.deliver(handlers={**HANDLERS, "coverage.imported": remember}, at=timezone.now())
        for insurer_id in sorted(insurers):
            claims.open_usage_years(actor=Actor.system("job"), at=timezone.now(), insurer_id=insurer_id)
    except (DatabaseError, InterfaceError):
        logger.exception("the outbox cannot be read; trying again")
        connection.close()
        return 0
    return taken
