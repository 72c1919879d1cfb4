"""An insurer answers a list. Accepted prices never change the past."""

from datetime import date, datetime

from ols.accounts.permissions import Permission
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.services.answers import RemarkMissing
from ols.network.services.highlights import refresh_highlights
from ols.network.services.letters import write_about_prices
from ols.network.services.price_lists.locking import locked_list
from ols.network.states import PRICE_LIST
from ols.workflow import machine


@use_case
def accept_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Accept every price: they count from the list's first day, at the earliest today.

    The area's prices before that end the day before; what was in force until then is untouched.

    :raises ols.db.errors.NotFound: no such list of this insurer's network
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    actor.require(Permission.PRICELIST_REVIEW)
    row = locked_list(insurer_id=actor.organization_id, uuid=price_list_uuid)
    today = days.local_date(at)
    start = max(row.valid_from or today, today)
    machine.apply(
        PRICE_LIST,
        row,
        "accept",
        actor=actor,
        at=at,
        data={"area": row.area.code, "version": row.version},
        set_fields={"decided_at": at, "valid_from": start, "remark": ""},
    )
    _contract_prices(row, start)
    refresh_highlights(
        actor=actor,
        insurer_id=row.contract.insurer_id,
        provider_id=row.contract.provider_id,
        area_ids=[row.area_id],
        at=at,
    )
    write_about_prices(row, "price_list_accepted", to="provider", at=at, valid_from=days.format_date(start))


@use_case
def return_price_list(*, actor: Actor, price_list_uuid: str, remark: str, at: datetime) -> None:
    """Send the list back with a remark.

    :raises RemarkMissing: nothing was written
    :raises ols.db.errors.NotFound: no such list of this insurer's network
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    actor.require(Permission.PRICELIST_REVIEW)
    row = locked_list(insurer_id=actor.organization_id, uuid=price_list_uuid)
    words = remark.strip()
    if not words:
        raise RemarkMissing
    machine.apply(
        PRICE_LIST,
        row,
        "return",
        actor=actor,
        at=at,
        remark=words,
        data={"area": row.area.code, "version": row.version},
        set_fields={"decided_at": at, "remark": words},
    )
    write_about_prices(row, "price_list_returned", to="provider", at=at, remark=words)


def _contract_prices(row: models.PriceList, start: date) -> None:
    """End the area's open prices at the start and write the new ones; the database refuses an overlap."""
    models.ContractedPrice.objects.filter(
        contract_id=row.contract_id, area_id=row.area_id, valid_to=None
    ).update(valid_to=start)
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
