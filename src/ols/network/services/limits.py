"""Price limits and the badges that hang on them change together."""

from collections.abc import Mapping
from datetime import date, datetime

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
