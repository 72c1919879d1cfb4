"""Writing the record. Every changed object writes one event in the transaction that changes it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from ols.audit import models
from ols.db.pipeline import Pipeline, Statement
from ols.db.transactions import within_transaction
from ols.kernel.actor import Actor

_MANY = 1000
_RECORD = Statement(
    "audit_record",
    "INSERT INTO audit_event (event, subject_kind, subject_uuid, actor_user_id, actor_name, organization_id,"
    " channel, ip, at, data, remark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')",
)


@within_transaction
def record(
    *,
    event: str,
    subject_kind: str,
    subject_uuid: UUID,
    actor: Actor,
    at: datetime,
    remark: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Append one event: `event` is `<subject>.<verb>`, `at` is UTC, `data` holds ids, codes and days.

    `remark` is what one side wrote for the other to read (why an offer was returned, say), in its own words;
    `remarks` in `data` is the same field by field. What the system gives as a reason is a code in `data`.
    """
    made = _event(event, subject_kind, subject_uuid, actor, at, data or {})
    made.remark = remark
    made.save(force_insert=True)


@within_transaction
def record_each(
    happened: Iterable[tuple[str, UUID, Mapping[str, object]]],
    *,
    subject_kind: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Append many events of one kind of subject with few statements: event, subject, data; see `record`."""
    models.Event.objects.bulk_create(
        [_event(event, subject_kind, uuid, actor, at, data) for event, uuid, data in happened],
        batch_size=_MANY,
    )


def _event(
    event: str, subject_kind: str, subject_uuid: UUID, actor: Actor, at: datetime, data: Mapping[str, object]
) -> models.Event:
    return models.Event(
        at=at,
        event=event,
        subject_kind=subject_kind,
        subject_uuid=subject_uuid,
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        organization_id=actor.organization_id,
        channel=actor.channel,
        ip=actor.ip,
        data=dict(data),
    )


def queue_record(
    pipeline: Pipeline,
    *,
    event: str,
    subject_kind: str,
    subject_uuid: UUID,
    actor: Actor,
    at: datetime,
    data: Mapping[str, object],
) -> None:
    """Append one event with the next statements of a pipelined transaction; otherwise as `record`."""
    pipeline.queue(
        _RECORD, event, subject_kind, subject_uuid, actor.user_id, actor.name, actor.organization_id,
        actor.channel, actor.ip, at, json.dumps(data),
    )  # fmt: skip
