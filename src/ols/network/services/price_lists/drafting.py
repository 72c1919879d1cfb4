"""A provider keeps the prices of an area."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.services.price_lists.locking import EDITABLE, locked_contract, open_area_of
from ols.network.states import PriceListStatus


class PriceListNotEditable(Exception):
    """The list was sent: it waits for the insurer's answer."""


class PriceRefused(Exception):
    """A price is for a service of another area, or is no positive amount; `service_ids` names them."""

    def __init__(self, service_ids: list[int]) -> None:
        """Keep the services."""
        super().__init__(str(service_ids))
        self.service_ids = service_ids


@use_case
def save_prices(
    *,
    actor: Actor,
    contract_uuid: str,
    area_code: str,
    valid_from: date | None,
    prices: Mapping[int, int],
    at: datetime,
) -> UUID:
    """Keep the whole grid of an area as the version being worked on: grosze by service id; return the list.

    :raises ols.db.errors.NotFound: no such contract of this provider, or the insurer lacks the area
    :raises ContractNotActive: the co-operation is not active
    :raises AreaNotOpen: the area is closed, or its terms are not accepted
    :raises PriceListNotEditable: the list was sent
    :raises PriceRefused: a price of a foreign service, or below one grosz
    """
    actor.require(Permission.PRICELIST_EDIT)
    contract = locked_contract(actor, contract_uuid)
    area = open_area_of(actor, contract, area_code, on=days.local_date(at))
    grid = selectors.price_grid(
        actor, contract_uuid=contract_uuid, area_code=area_code, on=days.local_date(at)
    )
    _require_prices(grid, prices)
    row = _working_list(contract, area.id, at)
    if row.status not in EDITABLE:
        raise PriceListNotEditable
    row.valid_from = valid_from
    row.save(update_fields=["valid_from"])
    _write_items(row, prices)
    audit.record(
        event="price_list.save",
        subject_kind="price_list",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"area": area_code, "prices": len(prices)},
    )
    return row.uuid


def _working_list(contract: models.Contract, area_id: int, at: datetime) -> models.PriceList:
    """Return the version being worked on, a new one if there is none (the contract is locked)."""
    rows = models.PriceList.objects.filter(contract=contract, area_id=area_id)
    return rows.exclude(status=PriceListStatus.ACCEPTED).first() or models.PriceList.objects.create(
        contract=contract,
        area_id=area_id,
        version=selectors.next_version(contract.pk, area_id),
        created_at=at,
    )


def _require_prices(grid: selectors.PriceGrid, prices: Mapping[int, int]) -> None:
    """Refuse services that are not in the grid and prices below one grosz."""
    known = {row.service_id for row in grid.rows}
    wrong = sorted(service for service, price in prices.items() if service not in known or price < 1)
    if wrong:
        raise PriceRefused(wrong)


def _write_items(row: models.PriceList, prices: Mapping[int, int]) -> None:
    """Replace the prices of a list being worked on."""
    row.items.all().delete()
    models.PriceListItem.objects.bulk_create(
        [
            models.PriceListItem(price_list=row, service_id=service, price_gr=price)
            for service, price in sorted(prices.items())
        ]
    )
