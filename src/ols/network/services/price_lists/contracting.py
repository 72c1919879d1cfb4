"""Agreed lines become prices in force. What was in force until then is untouched."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ols.db.transactions import within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.services.highlights import refresh_highlights
from ols.network.states import PRICE_LIST, PriceListStatus
from ols.workflow import machine


@dataclass(frozen=True)
class Outcome:
    """How the lines of a list stand after an answer: prices agreed, services given up, prices still open."""

    agreed: Mapping[int, int]
    dropped: Collection[int]
    open: Mapping[int, int]


@within_transaction
def conclude(
    row: models.PriceList, outcome: Outcome, action: str, *, actor: Actor, at: datetime
) -> models.PriceList | None:
    """Accept the list with the agreed lines; return the next version that takes the open ones, if any.

    The prices count from the list's first day, at the earliest today. A whole list ends the area's other
    prices, too, except those of lines still open; a partial one touches its own services only.
    """
    today = days.local_date(at)
    start = max(row.valid_from or today, today)
    before = row.status
    _keep_only(row, outcome.agreed)
    row.answers.all().delete()
    machine.apply(
        PRICE_LIST,
        row,
        action,
        actor=actor,
        at=at,
        data=said(row, agreed=len(outcome.agreed), open=len(outcome.open)),
        set_fields={"decided_at": at, "valid_from": start, "remark": ""},
    )
    _end_prices(row, outcome, start)
    _begin_prices(row, start)
    refresh_highlights(
        actor=actor,
        insurer_id=row.contract.insurer_id,
        provider_id=row.contract.provider_id,
        area_ids=[row.area_id],
        at=at,
    )
    if not outcome.open:
        return None
    carried = "carry_counter" if before == PriceListStatus.SENT else "carry_reply"
    return _carry(row, outcome.open, carried, actor, at)


def said(row: models.PriceList, **more: Any) -> dict[str, Any]:
    """Return what every event of a list says."""
    return {"area": row.area.code, "version": row.version, **more}


def make_whole(row: models.PriceList) -> None:
    """Let a partial list name the area's other prices, too: it goes back to the grid."""
    if not row.is_partial:
        return
    row.is_partial = False
    row.save(update_fields=["is_partial"])
    named = set(row.items.values_list("service_id", flat=True))
    prices = selectors.contracted_prices(row.contract_id, row.area_id)
    models.PriceListItem.objects.bulk_create(
        [
            models.PriceListItem(price_list=row, service_id=service, price_gr=price)
            for service, price in sorted(prices.items())
            if service not in named
        ]
    )


def _keep_only(row: models.PriceList, agreed: Mapping[int, int]) -> None:
    """Let the list hold exactly the agreed lines at the agreed prices."""
    row.items.exclude(service_id__in=agreed.keys()).delete()
    changed = [item for item in row.items.all() if item.price_gr != agreed[item.service_id]]
    for item in changed:
        item.price_gr = agreed[item.service_id]
    models.PriceListItem.objects.bulk_update(changed, ["price_gr"])


def _end_prices(row: models.PriceList, outcome: Outcome, start: date) -> None:
    """End the prices the list replaces at its start."""
    prices = models.ContractedPrice.objects.filter(
        contract_id=row.contract_id, area_id=row.area_id, valid_to=None
    )
    if not row.is_partial:
        prices = prices.exclude(service_id__in=outcome.open.keys())
    else:
        prices = prices.filter(service_id__in=[*outcome.agreed, *outcome.dropped])
    prices.update(valid_to=start)


def _begin_prices(row: models.PriceList, start: date) -> None:
    """Write the list's prices as those in force; the database refuses an overlap."""
    models.ContractedPrice.objects.bulk_create(
        [
            models.ContractedPrice(
                contract_id=row.contract_id,
                insurer_id=row.contract.insurer_id,
                provider_id=row.contract.provider_id,
                area_id=row.area_id,
                service_id=item.service_id,
                price_list=row,
                price_gr=item.price_gr,
                valid_from=start,
            )
            for item in row.items.order_by("service_id")
        ]
    )


def _carry(
    row: models.PriceList, prices: Mapping[int, int], action: str, actor: Actor, at: datetime
) -> models.PriceList:
    """Let the open lines go on as the next version, which waits for the other side."""
    version = selectors.next_version(row.contract_id, row.area_id)
    rest = models.PriceList.objects.create(
        contract=row.contract,
        area=row.area,
        version=version,
        valid_from=row.valid_from,
        created_at=at,
        sent_at=row.sent_at if action == "carry_counter" else at,
        continues=row,
        is_partial=True,
    )
    models.PriceListItem.objects.bulk_create(
        [
            models.PriceListItem(price_list=rest, service_id=service, price_gr=price)
            for service, price in sorted(prices.items())
        ]
    )
    machine.apply(
        PRICE_LIST, rest, action, actor=actor, at=at, data=said(rest, continues=row.version, open=len(prices))
    )
    return rest
