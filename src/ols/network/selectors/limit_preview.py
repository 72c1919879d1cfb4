"""What a change of limits would do to the badges of the insurer's network, before it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors.highlight_timeline import Span, timeline
from ols.network.states import ContractStatus
from ols.plans import selectors as plans
from ols.plans.limit_periods import with_change


@dataclass(frozen=True)
class LimitPreview:
    """Which clinics would lose or gain the badge of the area from the day on, and how many keep it."""

    losing: tuple[str, ...]
    gaining: tuple[str, ...]
    keeping: int


def limit_preview(
    actor: Actor, *, area_id: int, limits: Mapping[int, int | None], valid_from: date
) -> LimitPreview:
    """Compare the badges of the day as they are with those after the change (grosze; None: no limit)."""
    actor.require(Permission.PLAN_EDIT)
    insurer_id = actor.organization()
    stored = plans.limit_timelines(insurer_id=insurer_id, service_ids=limits)
    proposed = {
        service: with_change(stored[service], start=valid_from, limit_gr=amount)
        for service, amount in limits.items()
    }
    of_the_day = partial(timeline, insurer_id=insurer_id, day=valid_from, area_ids=[area_id])
    before = _holders(of_the_day(), valid_from)
    after = _holders(of_the_day(proposed=proposed), valid_from)
    losing, gaining, keeping = before - after, after - before, before & after
    names = dict(
        models.Contract.objects.filter(pk__in=before | after, status=ContractStatus.ACTIVE)
        .order_by("provider__name")
        .values_list("pk", "provider__name")
    )
    return LimitPreview(
        losing=tuple(name for pk, name in names.items() if pk in losing),
        gaining=tuple(name for pk, name in names.items() if pk in gaining),
        keeping=sum(1 for pk in names if pk in keeping),
    )


def _holders(spans: list[Span], day: date) -> set[int]:
    """Return the contracts with a badge on the day."""
    return {span.contract_id for span in spans if span.covers(day) and span.standing.is_highlighted}
