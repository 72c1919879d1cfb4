"""Reading the record of one subject; whoever calls has checked that the actor may see the subject."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
