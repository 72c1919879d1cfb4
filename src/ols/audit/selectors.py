"""Reading the record of one subject; whoever calls has checked that the actor may see the subject."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ols.audit import models


@dataclass(frozen=True)
class HistoryRow:
    """One step of a subject's history, ready for a timeline."""

    at: datetime
    event: str
    actor_name: str
    organization_id: int | None
    channel: str
    remark: str
    data: dict[str, object]
    ip: str = ""


def history(*, subject_uuid: UUID) -> list[HistoryRow]:
    """Return everything that happened to the subject, oldest first."""
    return joint_history(subject_uuids=[subject_uuid])


def joint_history(*, subject_uuids: Collection[UUID]) -> list[HistoryRow]:
    """Return what happened to several subjects as one history, oldest first."""
    events = models.Event.objects.filter(subject_uuid__in=subject_uuids).order_by("at", "id")
    return [_row(event) for event in events]


@dataclass(frozen=True)
class NewestRow:
    """One step of many subjects' joint history."""

    at: datetime
    event: str
    subject_uuid: UUID
    actor_name: str
    data: dict[str, object]


def newest_in_organization(
    *, subject_uuids: Collection[UUID], prefixes: Collection[str], organization_id: int, limit: int
) -> list[NewestRow]:
    """Return what happened to the subjects within the organization (`data` names it), the newest first.

    Only events whose code begins with one of the prefixes: a person's other events are their own.
    """
    wanted = Q()
    for prefix in prefixes:
        wanted |= Q(event__startswith=prefix)
    events = models.Event.objects.filter(
        wanted, subject_uuid__in=subject_uuids, data__organization=organization_id
    ).order_by("-at", "-id")
    return [
        NewestRow(row.at, row.event, row.subject_uuid, row.actor_name, row.data) for row in events[:limit]
    ]


def latest(*, subject_uuid: UUID, subject: str, most: int) -> list[HistoryRow]:
    """Return the latest events `<subject>.<verb>` of the subject, newest first."""
    events = models.Event.objects.filter(subject_uuid=subject_uuid, event__startswith=f"{subject}.")
    return [_row(event) for event in events.order_by("-at", "-id")[:most]]


def happened(*, subject_uuid: UUID, event: str, since: datetime) -> bool:
    """Say whether the event happened to the subject since a moment."""
    return models.Event.objects.filter(subject_uuid=subject_uuid, event=event, at__gt=since).exists()


def _row(row: models.Event) -> HistoryRow:
    return HistoryRow(
        at=row.at,
        event=row.event,
        actor_name=row.actor_name,
        organization_id=row.organization_id,
        channel=row.channel,
        remark=row.remark,
        data=row.data,
        ip=row.ip or "",
    )
