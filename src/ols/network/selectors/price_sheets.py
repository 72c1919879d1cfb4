"""The grid a provider types prices into: each row with what was typed and what is to be said of it."""

from dataclasses import dataclass
from datetime import date

from ols.catalog import selectors as catalog
from ols.kernel import merging
from ols.kernel.actor import Actor
from ols.network import models, price_checks, price_entries
from ols.network.selectors import pricing
from ols.registry import selectors as registry


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A service with its limit and the price in force, and the check of what was typed."""

    row: pricing.PriceRow
    facts: price_checks.PriceFacts
    checked: price_checks.CheckedPrice


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """The grid of an area. `version` counts its saves; `start` is the first day as typed.

    `cells` are the clinic's cells as the register names them, empty when it is not on the register.
    """

    grid: pricing.PriceGrid
    version: int
    start: str
    rows: tuple[SheetRow, ...]
    cells: tuple[str, ...]

    @property
    def priced(self) -> int:
        """How many services have a price."""
        return sum(1 for row in self.rows if row.checked.price_gr is not None)

    @property
    def over(self) -> int:
        """How many prices are above the limit."""
        return sum(1 for row in self.rows if row.checked.is_over)

    @property
    def wrong(self) -> int:
        """How many texts are no prices."""
        return sum(1 for row in self.rows if row.checked.error)

    @property
    def uncovered(self) -> int:
        """How many prices are for services that the register's cells do not cover."""
        return sum(1 for row in self.rows if row.checked.is_uncovered)

    @property
    def dropped(self) -> int:
        """How many services have a price in force and none in this list."""
        return sum(1 for row in self.rows if row.checked.drops_gr is not None)


def price_sheet(actor: Actor, *, contract_uuid: str, area_code: str, on: date) -> PriceSheet:
    """Return the grid of the version being worked on, or of the next one before anything was typed.

    :raises ols.db.errors.NotFound: no such contract of this provider, or no such area
    """
    grid = pricing.price_grid(actor, contract_uuid=contract_uuid, area_code=area_code, on=on)
    draft = models.PriceDraft.objects.filter(price_list__uuid=grid.uuid).first() if grid.uuid else None
    texts = _texts(grid, draft)
    cells = registry.cells(register_book_no=registry.own_facility(actor).register_book_no)
    codes = {cell.specialty_code for cell in cells}
    return PriceSheet(
        grid=grid,
        version=draft.version if draft else 0,
        start=texts.get(price_entries.START, ""),
        rows=tuple(_row(area_code, row, texts.get(str(row.service_id), ""), codes) for row in grid.rows),
        cells=tuple(dict.fromkeys(cell.specialty_name or cell.name for cell in cells)),
    )


def _row(area_code: str, row: pricing.PriceRow, text: str, codes: set[str]) -> SheetRow:
    """Check what was typed for a service; a clinic that is not on the register has no cells to compare."""
    is_covered = not codes or registry.covers(codes, area_code=area_code, name=row.name)
    facts = price_checks.PriceFacts(row.limit_gr, row.contracted_gr, is_covered)
    return SheetRow(row, facts, price_checks.check_price(text, facts))


def unreadable_prices(list_id: int) -> list[str]:
    """Return the codes of the services for which something was typed that is no price."""
    drafts = models.PriceDraft.objects.filter(price_list_id=list_id)
    draft = drafts.select_related("price_list__contract").first()
    if draft is None:
        return []
    row = draft.price_list
    items = dict(row.items.values_list("service_id", "price_gr"))
    entries = price_entries.reconciled(draft.entries, items, row.valid_from, version=draft.version)
    wrong = {
        int(name)
        for name, text in merging.current(entries).items()
        if name != price_entries.START and text and price_checks.price_of(text) is None
    }
    # Only what the grid shows can be mended: a service retired by the first day is not in it.
    services = catalog.services(area_id=row.area_id, insurer_id=row.contract.insurer_id, on=row.valid_from)
    return [service.code for service in services if service.id in wrong]


def _texts(grid: pricing.PriceGrid, draft: models.PriceDraft | None) -> dict[str, str]:
    """Return what is typed now by row; before the first save the prices in force and the first day."""
    prices = {row.service_id: row.price_gr for row in grid.rows if row.price_gr is not None}
    if draft is None:
        return merging.current(price_entries.begin(prices, grid.valid_from or grid.earliest))
    entries = price_entries.reconciled(draft.entries, prices, grid.valid_from, version=draft.version)
    return merging.current(entries)
