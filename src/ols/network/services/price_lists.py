"""Price lists: a provider keeps and sends them, an insurer answers. Accepted prices never change the past."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.services.answers import RemarkMissing
from ols.network.services.letters import write_about_prices
from ols.network.states import PRICE_LIST, ContractStatus, PriceListStatus
from ols.workflow import machine

EDITABLE = (PriceListStatus.DRAFT, PriceListStatus.RETURNED)


class ContractNotActive(Exception):
    """Prices are agreed only within an active co-operation."""


class AreaNotOpen(Exception):
    """The insurer does not offer the area yet, or its terms are not accepted."""


class PriceListNotEditable(Exception):
    """The list was sent: it waits for the insurer's answer."""


class PriceListEmpty(Exception):
    """A list without a single price cannot be sent."""


class PriceRefused(Exception):
    """A price is for a service of another area, or is no positive amount; `service_ids` names them."""

    def __init__(self, service_ids: list[int]) -> None:
        """Keep the services."""
        super().__init__(str(service_ids))
        self.service_ids = service_ids


class StartTooEarly(Exception):
    """The first day lies in the past, before the co-operation, or over an accepted version's start."""

    def __init__(self, earliest: date) -> None:
        """Keep the first possible day."""
        super().__init__(earliest.isoformat())
        self.earliest = earliest


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
    contract = _locked_contract(actor, contract_uuid)
    area = _open_area(actor, contract, area_code, on=days.local_date(at))
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


@use_case
def send_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Send the list to the insurer.

    :raises ols.db.errors.NotFound: no such list of this provider
    :raises ContractNotActive: the co-operation is not active
    :raises AreaNotOpen: the area is closed, or its terms are not accepted
    :raises PriceListEmpty: it holds no price
    :raises StartTooEarly: with the first possible day
    :raises ols.workflow.machine.TransitionRefused: it was sent already
    """
    actor.require(Permission.PRICELIST_EDIT)
    # The contract is locked before the list, as in `save_prices`: nobody waits in a circle.
    found = selectors.price_list(actor, uuid=price_list_uuid)
    contract = _locked_contract(actor, found.contract.uuid)
    row = _locked_list(provider_id=contract.provider_id, uuid=price_list_uuid)
    today = days.local_date(at)
    area = _open_area(actor, contract, row.area.code, on=today)
    if row.status in EDITABLE:
        _require_sendable(actor, row, area, today)
    machine.apply(
        PRICE_LIST,
        row,
        "send",
        actor=actor,
        at=at,
        data={"area": row.area.code, "version": row.version},
        set_fields={"sent_at": at, "decided_at": None, "remark": ""},
    )
    write_about_prices(row, "price_list_received", to="insurer", at=at)


@use_case
def withdraw_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Take an unanswered list back.

    :raises ols.db.errors.NotFound: no such list of this provider
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    row = _locked_list(provider_id=actor.organization_id, uuid=price_list_uuid)
    machine.apply(PRICE_LIST, row, "withdraw", actor=actor, at=at, data={"area": row.area.code})


@use_case
def accept_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Accept every price: they count from the list's first day, at the earliest today.

    The area's prices before that end the day before; what was in force until then is untouched.

    :raises ols.db.errors.NotFound: no such list of this insurer's network
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    actor.require(Permission.PRICELIST_REVIEW)
    row = _locked_list(insurer_id=actor.organization_id, uuid=price_list_uuid)
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
    write_about_prices(row, "price_list_accepted", to="provider", at=at, valid_from=days.format_date(start))


@use_case
def return_price_list(*, actor: Actor, price_list_uuid: str, remark: str, at: datetime) -> None:
    """Send the list back with a remark.

    :raises RemarkMissing: nothing was written
    :raises ols.db.errors.NotFound: no such list of this insurer's network
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    actor.require(Permission.PRICELIST_REVIEW)
    row = _locked_list(insurer_id=actor.organization_id, uuid=price_list_uuid)
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


def _require_sendable(actor: Actor, row: models.PriceList, area: selectors.ContractArea, today: date) -> None:
    """Check that a list may go out."""
    if not row.items.exists():
        raise PriceListEmpty
    contract = selectors.contract(actor, uuid=str(row.contract.uuid)).row
    earliest = selectors.earliest_start(contract, area.id, on=today)
    if row.valid_from is None or row.valid_from < earliest:
        raise StartTooEarly(earliest)


def _locked_contract(actor: Actor, uuid: str) -> models.Contract:
    """Lock the provider's own contract; it must be active."""
    rows = models.Contract.objects.select_for_update()
    row = rows.filter(provider_id=actor.organization_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    if row.status != ContractStatus.ACTIVE:
        raise ContractNotActive
    return row


def _open_area(actor: Actor, contract: models.Contract, code: str, *, on: date) -> selectors.ContractArea:
    """Return the area if prices may be agreed in it now."""
    area = selectors.contract_area(actor, uuid=str(contract.uuid), code=code, on=on)
    if not area.is_open or area.accepted_at is None:
        raise AreaNotOpen
    return area


def _working_list(contract: models.Contract, area_id: int, at: datetime) -> models.PriceList:
    """Return the version being worked on, a new one if there is none (the contract is locked)."""
    rows = models.PriceList.objects.filter(contract=contract, area_id=area_id)
    return rows.exclude(status=PriceListStatus.ACCEPTED).first() or models.PriceList.objects.create(
        contract=contract,
        area_id=area_id,
        version=selectors.next_version(contract.pk, area_id),
        created_at=at,
    )


def _locked_list(
    *, uuid: str, provider_id: int | None = None, insurer_id: int | None = None
) -> models.PriceList:
    """Lock a list of this provider, or one that was sent to this insurer."""
    rows = models.PriceList.objects.select_for_update(of=("self",)).select_related("contract", "area")
    if insurer_id is None:
        row = rows.filter(uuid=uuid, contract__provider_id=provider_id).first()
    else:
        row = rows.filter(uuid=uuid, contract__insurer_id=insurer_id).exclude(sent_at=None).first()
    if row is None:
        raise NotFound
    return row


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
