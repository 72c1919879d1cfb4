"""A provider keeps the prices of an area, right or wrong, as they are typed (adr/0017)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.transactions import use_case
from ols.kernel import days, merging
from ols.kernel.actor import Actor
from ols.network import models, price_checks, price_entries, selectors
from ols.network.services.price_lists import working
from ols.network.services.price_lists.locking import (
    EDITABLE,
    locked_contract,
    open_area_of,
    require_not_closed,
)

# A whole grid from a program: it has seen everything.
_PROGRAM = "program"


class PriceListNotEditable(Exception):
    """The list was sent: it waits for the insurer's answer."""


class PriceRefused(Exception):
    """A price is for a service of another area, or is no positive amount; `service_ids` names them."""

    def __init__(self, service_ids: list[int]) -> None:
        """Keep the services."""
        super().__init__(str(service_ids))
        self.service_ids = service_ids


@dataclass(frozen=True)
class Theirs:
    """What somebody else has typed into a row meanwhile."""

    text: str
    who: str


@dataclass(frozen=True)
class KeptEntries:
    """What a save gave. Rows are named by service id, the first day `valid_from`.

    `conflicts` were not taken over: both have changed them. `others` changed only elsewhere, since the page
    has seen them.
    """

    version: int
    conflicts: dict[str, Theirs]
    others: dict[str, Theirs]


@use_case
def keep_entries(
    *,
    actor: Actor,
    contract_uuid: str,
    area_code: str,
    typed: Mapping[str, str],
    tab: merging.Tab,
    at: datetime,
) -> KeptEntries:
    """Keep the rows a page sends, right or wrong, in the version being worked on; other rows stay.

    One audit event for each page that types: a record of every keystroke would say nothing.

    :raises ols.db.errors.NotFound: no such contract of this provider, or the insurer lacks the area
    :raises ContractNotActive: the co-operation is not active
    :raises AreaNotOpen: the area is not open yet, or its terms are not accepted
    :raises AreaClosed: the insurer takes no new lists in the area, and none was begun before
    :raises PriceListNotEditable: the list was sent
    """
    actor.require(Permission.PRICELIST_EDIT)
    contract = locked_contract(actor, contract_uuid)
    area = open_area_of(actor, contract, area_code, on=days.local_date(at))
    sheet = working.read(actor, contract, area.id, on=days.local_date(at))
    _require_editable(contract, area.id, sheet, at)
    offered = catalog.services(area_id=area.id, insurer_id=contract.insurer_id, on=days.local_date(at))
    known = {str(row.id) for row in offered}
    texts = {
        name: price_entries.canonical(name, text)
        for name, text in typed.items()
        if name in known or name == price_entries.START
    }
    merged = merging.merge(sheet.entries, texts, tab, version=sheet.version + 1, kept=price_entries.KEPT)
    if merged.is_changed:
        is_new_page = tab.name not in sheet.tabs
        sheet = working.write(contract, area.id, sheet, merged.entries, working.By(actor.name, tab.name, at))
        if is_new_page:
            _record(actor, sheet, area_code, at)
    return _kept(sheet, tab, merged.conflicts)


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
    :raises AreaNotOpen: the area is not open yet, or its terms are not accepted
    :raises AreaClosed: the insurer takes no new lists in the area, and none was begun before
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
    sheet = working.read(actor, contract, area.id, on=days.local_date(at))
    _require_editable(contract, area.id, sheet, at)
    wanted = {str(row.service_id): "" for row in grid.rows} | {
        str(service): price_checks.shown(price) for service, price in prices.items()
    }
    wanted[price_entries.START] = days.format_date(valid_from) if valid_from else ""
    tab = merging.Tab(_PROGRAM, sheet.version)
    merged = merging.merge(sheet.entries, wanted, tab, version=sheet.version + 1, kept=price_entries.KEPT)
    sheet = working.write(contract, area.id, sheet, merged.entries, working.By(actor.name, _PROGRAM, at))
    return _record(actor, sheet, area_code, at)


def _require_editable(contract: models.Contract, area_id: int, sheet: working.Sheet, at: datetime) -> None:
    """Refuse changes of a list that was sent, and new lists in a closed area; a draft can be worked on."""
    if sheet.row is None:
        require_not_closed(contract, area_id, on=days.local_date(at))
    elif sheet.row.status not in EDITABLE:
        raise PriceListNotEditable


def _kept(sheet: working.Sheet, tab: merging.Tab, conflicts: Mapping[str, str]) -> KeptEntries:
    """Tell the page what it does not know yet."""
    unseen = {
        name
        for name, history in sheet.entries.items()
        if history[-1][0] > tab.seen and history[-1][1] != tab.name
    }
    return KeptEntries(
        sheet.version,
        {name: Theirs(text, sheet.who(name)) for name, text in conflicts.items()},
        {
            name: Theirs(str(sheet.entries[name][-1][2]), sheet.who(name))
            for name in sorted(unseen - conflicts.keys())
        },
    )


def _require_prices(grid: selectors.PriceGrid, prices: Mapping[int, int]) -> None:
    """Refuse services that are not in the grid and prices below one grosz."""
    known = {row.service_id for row in grid.rows}
    lowest = price_checks.LOWEST_GR
    wrong = sorted(service for service, price in prices.items() if service not in known or price < lowest)
    if wrong:
        raise PriceRefused(wrong)


def _record(actor: Actor, sheet: working.Sheet, area_code: str, at: datetime) -> UUID:
    """Note who worked on the list, and how many prices it holds now."""
    row = sheet.row
    assert row is not None
    audit.record(
        event="price_list.save",
        subject_kind="price_list",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"area": area_code, "prices": row.items.count()},
    )
    return row.uuid
