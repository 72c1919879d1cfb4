"""The most an insurer covers for one unit of a service, dated."""

from datetime import date, datetime

from django.db.models import Q

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.plans import models


class LaterLimitExists(Exception):
    """A limit that counts from a later day exists: change that one first."""


@use_case
def set_price_limit(*, actor: Actor, service_id: int, limit_gr: int, valid_from: date, at: datetime) -> None:
    """Set the most the insurer covers for one unit from a day on; the earlier limit ends the day before.

    :raises LaterLimitExists: a limit from a later day exists
    """
    actor.require(Permission.PLAN_EDIT)
    limits = models.PriceLimit.objects.select_for_update().filter(
        insurer_id=actor.organization_id, service_id=service_id
    )
    if limits.filter(valid_from__gt=valid_from).exists():
        raise LaterLimitExists
    limits.filter(valid_from=valid_from).delete()
    limits.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    row = models.PriceLimit.objects.create(
        insurer_id=actor.organization_id, service_id=service_id, limit_gr=limit_gr, valid_from=valid_from
    )
    audit.record(
        event="price_limit.set",
        subject_kind="insurer",
        subject_uuid=row.insurer.uuid,
        actor=actor,
        at=at,
        data={"service": service_id, "limit_gr": limit_gr, "from": valid_from.isoformat()},
    )
