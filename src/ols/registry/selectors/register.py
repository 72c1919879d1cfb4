"""Reading the register: what anybody may look up, and the entity beside an application."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ols.db.errors import NotFound
from ols.registry import cell_types, models, service_cells

# What the register says of an entity on a day.
PRESENT, ENDED, STRUCK_OFF, VANISHED = "present", "ended", "struck-off", "vanished"


@dataclass(frozen=True)
class EntryRow:
    """One entity of the register. Numbers are canonical digits, empty when the register has none."""

    register_book_no: str
    entity_kind: str
    registering_body: str
    name: str
    nip: str
    regon: str
    krs: str
    npwz: str
    legal_form: str
    street: str
    postal_code: str
    city: str
    teryt: str
    phone: str
    email: str
    active_from: date | None
    active_to: date | None
    struck_off_on: date | None
    vanished_on: date | None
    last_seen_on: date

    def standing(self, on: date) -> str:
        """Return PRESENT, or why it is no longer there that day: STRUCK_OFF, ENDED or VANISHED."""
        if self.struck_off_on is not None and self.struck_off_on <= on:
            return STRUCK_OFF
        if self.active_to is not None and self.active_to <= on:
            return ENDED
        return PRESENT if self.vanished_on is None else VANISHED


@dataclass(frozen=True)
class CellRow:
    """A cell of an entity and what its type means."""

    code: str
    name: str
    specialty_code: str
    specialty_name: str


def entry(*, register_book_no: str) -> EntryRow:
    """Return one entity, also one that is no longer on the register. Public.

    :raises ols.db.errors.NotFound: the register never had it
    """
    row = models.RegisterEntry.objects.filter(register_book_no=register_book_no).first()
    if row is None:
        raise NotFound
    return row_of(row)


def entry_id(*, register_book_no: str) -> int | None:
    """Return the entity's inner id for a reference from another table; None when not on the register."""
    found = models.RegisterEntry.objects.filter(register_book_no=register_book_no)
    return found.values_list("pk", flat=True).first()


def teryt_of(*, register_book_no: str) -> str:
    """Return the territorial code of the entity's seat; empty when it is not on the register."""
    found = models.RegisterEntry.objects.filter(register_book_no=register_book_no)
    return found.values_list("teryt", flat=True).first() or ""


def cells(*, register_book_no: str) -> list[CellRow]:
    """Return the entity's cells in the order of their codes. Public."""
    rows = models.RegisterCell.objects.filter(entry__register_book_no=register_book_no).order_by("cell_code")
    names = cell_types.names()
    return [
        CellRow(row.cell_code, row.name, row.specialty_code, names.get(row.specialty_code, ""))
        for row in rows
    ]


def suggested_areas(*, register_book_no: str) -> frozenset[str]:
    """Return the codes of the thematic areas the entity's cells allow it to join plausibly. Public."""
    codes = models.RegisterCell.objects.filter(entry__register_book_no=register_book_no)
    found = codes.values_list("specialty_code", flat=True).distinct()
    return frozenset().union(*(cell_types.areas_of(code) for code in found))


def covers(cell_codes: Collection[str], *, area_code: str, name: str) -> bool:
    """Say whether one of these cells (their part VIII codes) covers a service of the area. Public."""
    return service_cells.is_covered(cell_codes, area_code=area_code, name=name)


def row_of(row: models.RegisterEntry) -> EntryRow:
    """Translate the table's row."""
    return EntryRow(**{name: getattr(row, name) for name in EntryRow.__dataclass_fields__})
