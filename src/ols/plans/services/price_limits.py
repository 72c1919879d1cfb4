"""The most an insurer covers for one unit of a service, dated."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.plans import models

# First key of the advisory locks of price limits; the second is the insurer.
_LOCK_SPACE = 7002


class LaterLimitExists(Exception):
    """A limit that counts from a later day exists: change that one first."""


@use_case
def set_price_limits(*, actor: Actor, limits: Mapping[int, int], valid_from: date, at: datetime) -> None:
    """Set limits (grosze by service id) from a day on; each earlier limit ends the day before.

    :raises LaterLimitExists: a limit of one of the services counts from a later day; nothing was changed
    """
    actor.require(Permission.PLAN_EDIT)
    _lock(actor.organization())
    kept = models.PriceLimit.objects.filter(insurer_id=actor.organization_id, service_id__in=list(limits))
    if kept.filter(valid_from__gt=valid_from).exists():
        raise LaterLimitExists
    kept.filter(valid_from=valid_from).delete()
    kept.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    models.PriceLimit.objects.bulk_create(
        [
            models.PriceLimit(
                insurer_id=actor.organization(), service_id=service, limit_gr=amount, valid_from=valid_from
            )
            for service, amount in sorted(limits.items())
        ]
    )
    audit.record(
        event="price_limit.set",
        subject_kind="insurer",
        subject_uuid=UUID(accounts.organization(organization_id=actor.organization()).uuid),
        actor=actor,
        at=at,
        data={
            "from": valid_from.isoformat(),
            "limits_gr": {str(service): amount for service, amount in sorted(limits.items())},
        },
    )


def _lock(insurer_id: int) -> None:
    """Let one change of an insurer's limits be made at a time: a first limit has no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_SPACE, insurer_id % 2**31])
