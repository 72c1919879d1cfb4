"""The log of everything: one page of events at a time, by key, so that a million of them stay fluent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from ols.audit import models
from ols.db.errors import NotFound
from ols.kernel.actor import Actor

# The permission's name; the list of all permissions stands above this package (accounts.permissions).
VIEW: Final = "audit:view"
LOOKING: Final = "log.view"
_KINDS = """
WITH RECURSIVE known AS (
    (SELECT event FROM audit_event ORDER BY event LIMIT 1)
    UNION ALL
    SELECT (SELECT e.event FROM audit_event e WHERE e.event > known.event ORDER BY e.event LIMIT 1)
    FROM known WHERE known.event IS NOT NULL
)
SELECT event, (SELECT e.subject_kind FROM audit_event e WHERE e.event = known.event LIMIT 1)
FROM known WHERE event IS NOT NULL
"""


@dataclass(frozen=True)
class LogRow:
    """One event as the log shows it."""

    id: int
    at: datetime
    event: str
    subject_kind: str
    subject_uuid: UUID
    actor_user_id: int | None
    actor_name: str
    organization_id: int | None
    channel: str
    ip: str | None
    remark: str
    data: dict[str, object]


@dataclass(frozen=True)
class LogFilters:
    """What is wanted; None or empty narrows nothing, an empty tuple of ids finds nothing.

    `since` is included, `until` is not. Looking at the log itself is left out unless `with_looking`.
    """

    since: datetime | None = None
    until: datetime | None = None
    event: str = ""
    subject_kind: str = ""
    subject_uuid: UUID | None = None
    organization_ids: tuple[int, ...] | None = None
    user_ids: tuple[int, ...] | None = None
    channel: str = ""
    ip: str = ""
    with_looking: bool = False


@dataclass(frozen=True)
class Place:
    """A place in the log, between events: the keyset of the event beside it."""

    at: datetime
    id: int


@dataclass(frozen=True)
class LogPage:
    """Events, the newest first, and where to go on; None: nothing more on that side."""

    rows: tuple[LogRow, ...]
    older: Place | None
    newer: Place | None


def kinds_of_events(actor: Actor) -> dict[str, str]:
    """Return the events that happened at least once, each with the kind of its subject (one index walk)."""
    actor.require(VIEW)
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return dict(cursor.fetchall())


def log_page(
    actor: Actor,
    *,
    filters: LogFilters,
    size: int,
    before: Place | None = None,
    after: Place | None = None,
) -> LogPage:
    """Return the newest events, those older than a place, or those just newer than one."""
    rows = _rows(actor, filters)
    if after is not None:
        found = list(_beyond(rows, after, newer=True).order_by("at", "id")[: size + 1])
        more, shown = len(found) > size, found[:size][::-1]
        return _page(shown, has_older=True, has_newer=more)
    if before is not None:
        rows = _beyond(rows, before, newer=False)
    found = list(rows.order_by("-at", "-id")[: size + 1])
    return _page(found[:size], has_older=len(found) > size, has_newer=before is not None)


def log_event(actor: Actor, *, number: int) -> LogRow:
    """Return one event.

    :raises ols.db.errors.NotFound: there is none
    """
    actor.require(VIEW)
    row = models.Event.objects.filter(pk=number).first()
    if row is None:
        raise NotFound
    return _row(row)


def is_longer(actor: Actor, *, filters: LogFilters, limit: int) -> bool:
    """Say whether more than `limit` events match, without counting the rest."""
    return _rows(actor, filters)[: limit + 1].count() > limit


def log_rows(actor: Actor, *, filters: LogFilters, limit: int) -> Iterator[LogRow]:
    """Yield up to `limit` events, the newest first, fetched in pieces."""
    rows = _rows(actor, filters).order_by("-at", "-id")[:limit]
    return (_row(row) for row in rows.iterator(chunk_size=2_000))


def _rows(actor: Actor, filters: LogFilters) -> "QuerySet[models.Event]":
    actor.require(VIEW)
    exact = {
        "event": filters.event,
        "subject_uuid": filters.subject_uuid,
        "channel": filters.channel,
        "ip": filters.ip,
        "at__gte": filters.since,
        "at__lt": filters.until,
    }
    lists = {"organization_id__in": filters.organization_ids, "actor_user_id__in": filters.user_ids}
    rows = models.Event.objects.filter(
        **{name: value for name, value in exact.items() if value},
        **{name: value for name, value in lists.items() if value is not None},
    )
    if filters.subject_kind and not filters.event:
        # By the events that have such subjects: the index of events serves both filters.
        kinds = kinds_of_events(actor)
        rows = rows.filter(event__in=[event for event, kind in kinds.items() if kind == filters.subject_kind])
    if not filters.with_looking and not filters.event:
        rows = rows.exclude(event=LOOKING)
    return rows


def _beyond(rows: "QuerySet[models.Event]", place: Place, *, newer: bool) -> "QuerySet[models.Event]":
    """Return what lies beyond a place; the first bound is the one an index can use."""
    if newer:
        return rows.filter(Q(at__gt=place.at) | Q(id__gt=place.id), at__gte=place.at)
    return rows.filter(Q(at__lt=place.at) | Q(id__lt=place.id), at__lte=place.at)


def _page(rows: list[models.Event], *, has_older: bool, has_newer: bool) -> LogPage:
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    return LogPage(
        tuple(_row(row) for row in rows),
        Place(last.at, last.pk) if last and has_older else None,
        Place(first.at, first.pk) if first and has_newer else None,
    )


def _row(row: models.Event) -> LogRow:
    return LogRow(**{name: getattr(row, name) for name in LogRow.__dataclass_fields__})
