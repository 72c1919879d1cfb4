"""Writing the record. Every changed object writes one event in the transaction that changes it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from ols.audit import models
from ols.db.transactions import within_transaction
from ols.kernel.actor import Actor


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
    """Append one event: `event` is `<subject>.<verb>`, `at` is UTC, `data` holds ids and codes only.

    `remark` is what one side wrote for the other to read (why an offer was returned, say).
    """
    models.Event.objects.create(
        at=at,
        event=event,
        subject_kind=subject_kind,
        subject_uuid=subject_uuid,
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        organization_id=actor.organization_id,
        channel=actor.channel,
        ip=actor.ip,
        remark=remark,
        data=dict(data or {}),
    )
