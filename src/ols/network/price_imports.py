"""Prices from a table people made: which row is which service, and what is wrong with it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ols.documents.sheets import TableRow
from ols.kernel.sortkey import search_key
from ols.network.price_checks import cleaned

UNKNOWN, REPEATED, EMPTY = "UNKNOWN", "REPEATED", "EMPTY"
_CODE: Final = frozenset({"kod", "kod uslugi", "code", "service code"})
_NAME: Final = frozenset({"nazwa", "nazwa uslugi", "usluga", "name", "service", "service name"})
# The first that the header has: our own export has both the price now and the new one.
_PRICE: Final = (
    "twoja cena",
    "your price",
    "nowa cena",
    "new price",
    "cena",
    "price",
    "cena zl",
    "cena [zl]",
)


class NoPriceColumns(Exception):
    """The table says neither by a header nor by known codes which columns hold services and prices."""


@dataclass(frozen=True, slots=True)
class ImportedPrice:
    """One row of the table. `service_id` is None and `problem` UNKNOWN where no service is meant.

    REPEATED: an earlier row prices the same service; EMPTY: the row has no price and changes nothing.
    """

    line: int
    service_id: int | None
    label: str
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    code: int | None
    name: int | None
    price: int


def read_prices(rows: Sequence[TableRow], services: Mapping[int, tuple[str, str]]) -> list[ImportedPrice]:
    """Return the rows below the header; `services` are code and name by inner id.

    A service is found by its code, or by its whole name where the table has no code for it.

    :raises NoPriceColumns: nothing says what the columns are
    """
    codes = {search_key(code): service for service, (code, _) in services.items()}
    names = {search_key(name): service for service, (_, name) in services.items()}
    columns, below = _columns(rows, codes.keys() | names.keys())
    return _marked(_read(row, columns, codes, names) for row in below)


def _columns(rows: Sequence[TableRow], known: Iterable[str]) -> tuple[_Columns, Sequence[TableRow]]:
    """Find the header; without one the first column names services and the last one prices them."""
    for place, row in enumerate(rows[:20]):
        found = _header([search_key(cell) for cell in row.cells])
        if found is not None:
            return found, rows[place + 1 :]
    width = max((len(row.cells) for row in rows), default=0)
    known = frozenset(known)
    if width < 2 or not any(search_key(row.cells[0]) in known for row in rows):
        raise NoPriceColumns
    return _Columns(0, 0, width - 1), rows


def _header(titles: Sequence[str]) -> _Columns | None:
    price = next((titles.index(title) for title in _PRICE if title in titles), None)
    code = next((place for place, title in enumerate(titles) if title in _CODE), None)
    name = next((place for place, title in enumerate(titles) if title in _NAME), None)
    if price is None or (code is None and name is None):
        return None
    return _Columns(code, name, price)


def _read(
    row: TableRow, columns: _Columns, codes: Mapping[str, int], names: Mapping[str, int]
) -> ImportedPrice:
    def cell(place: int | None) -> str:
        # An apostrophe keeps a spreadsheet from computing: our own export writes it.
        return "" if place is None or place >= len(row.cells) else row.cells[place].removeprefix("'")

    code, name, text = cell(columns.code), cell(columns.name), cleaned(cell(columns.price))
    service = codes.get(search_key(code)) or names.get(search_key(name))
    label = " ".join(dict.fromkeys(part for part in (code, name) if part))
    if service is None:
        return ImportedPrice(row.line, None, label, text, UNKNOWN)
    return ImportedPrice(row.line, service, label, text, "" if text else EMPTY)


def _marked(rows: Iterable[ImportedPrice]) -> list[ImportedPrice]:
    """Mark a service priced twice: the first price counts, the later ones are shown, not taken."""
    seen: set[int] = set()
    marked = []
    for row in rows:
        is_priced = row.service_id is not None and not row.problem
        if is_priced and row.service_id in seen:
            marked.append(ImportedPrice(row.line, row.service_id, row.label, row.text, REPEATED))
            continue
        if is_priced and row.service_id is not None:
            seen.add(row.service_id)
        marked.append(row)
    return marked
