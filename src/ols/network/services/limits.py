"""Price limits, own services and the badges that hang on them change together."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from ols.catalog import services as catalog
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network.services.highlights import refresh_highlights
from ols.plans import services as plans


@use_case
def set_price_limits(
    *, actor: Actor, limits: Mapping[int, int | None], valid_from: date, at: datetime
) -> None:
    """Set limits (grosze by service id, None: no limit) from a day up to the next planned change.

    :raises ols.plans.services.LimitInPast: the day is before today
    :raises ols.db.errors.NotFound: a service is not one of this insurer's; nothing was changed
    """
    areas = plans.write_price_limits(actor=actor, limits=limits, valid_from=valid_from, at=at)
    if areas:
        refresh_highlights(actor=actor, insurer_id=actor.organization(), at=at, area_ids=areas)


@use_case
def apply_limit_change(
    *, actor: Actor, uuid: UUID, seen_revision: int, leave_out_refused: bool, at: datetime
) -> None:
    """Make a change that waited count from its day; what is raised is that of `plans.services`."""
    areas = plans.apply_limit_change(
        actor=actor, uuid=uuid, seen_revision=seen_revision, leave_out_refused=leave_out_refused, at=at
    )
    if areas:
        refresh_highlights(actor=actor, insurer_id=actor.organization(), at=at, area_ids=areas)


@use_case
def undo_planned_limits(
    *, actor: Actor, area_id: int, day: date, service_id: int | None = None, at: datetime
) -> int:
    """Take back the limits planned for a later day; return of how many services.

    :raises ols.plans.services.LimitInPast: the day has come
    """
    taken = plans.undo_planned_limits(actor=actor, area_id=area_id, day=day, service_id=service_id, at=at)
    if taken:
        refresh_highlights(actor=actor, insurer_id=actor.organization(), at=at, area_ids=[area_id])
    return taken


@use_case
def retire_own_service(*, actor: Actor, code: str, retired_on: date | None, at: datetime) -> None:
    """Offer an own service no longer from a day on (None: offer it on): its prices count until before it.

    :raises ols.db.errors.NotFound: the insurer has no own service with this code
    :raises ols.catalog.services.RetirementInPast: the day is before today, or the retirement has begun
    """
    area_id = catalog.retire_own_service(actor=actor, code=code, retired_on=retired_on, at=at)
    refresh_highlights(actor=actor, insurer_id=actor.organization(), at=at, area_ids=[area_id])
