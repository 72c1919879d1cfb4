"""The insurer's half: what it offers to the network."""

from datetime import date, datetime

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models


class RemarkMissing(Exception):
    """Returning or rejecting needs words the other side can act on."""


class AreaOpenAlready(Exception):
    """The area's day has come: it is not announced anew."""


@use_case
def open_area(*, actor: Actor, area_id: int, opens_on: date, at: datetime) -> None:
    """Set from which day the insurer offers an area; with a day in the future it is announced.

    :raises ols.db.errors.NotFound: the actor is no insurer, or there is no such area
    :raises AreaOpenAlready: clinics work in it already
    """
    actor.require(Permission.TERMS_PUBLISH)
    insurer_id = _insurer(actor)
    if area_id not in {area.id for area in catalog.areas()}:
        raise NotFound
    begun = models.AreaOpening.objects.filter(
        insurer_id=insurer_id, area_id=area_id, opens_on__lte=days.local_date(at)
    )
    if begun.exclude(opens_on=opens_on).exists():
        raise AreaOpenAlready
    row, _ = models.AreaOpening.objects.update_or_create(
        insurer_id=insurer_id, area_id=area_id, defaults={"opens_on": opens_on}
    )
    audit.record(
        event="area.open",
        subject_kind="area_opening",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"area": area_id, "opens_on": opens_on.isoformat()},
    )


def _insurer(actor: Actor) -> int:
    """Return the insurer the actor works for."""
    if actor.organization_kind != "insurer" or actor.organization_id is None:
        raise NotFound
    return actor.organization_id
