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


def history(*, subject_uuid: UUID) -> list[HistoryRow]:
    """Return everything that happened to the subject, oldest first."""
    return joint_history(subject_uuids=[subject_uuid])


def joint_history(*, subject_uuids: Collection[UUID]) -> list[HistoryRow]:
    """Return what happened to several subjects as one history, oldest first."""
    events = models.Event.objects.filter(subject_uuid__in=subject_uuids).order_by("at", "id")
    return [
        HistoryRow(row.at, row.event, row.actor_name, row.organization_id, row.channel, row.remark, row.data)
        for row in events
    ]


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
