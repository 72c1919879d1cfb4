"""A file of needs (XLSX or CSV) as its rows: how many clinics where, and what is wrong. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ols.kernel.sortkey import search_key

MOST_WANTED: Final = 9999
# So many wrong rows are told; a file of another kind has thousands.
_TOLD: Final = 200
_HEADS: Final = {
    "place": {"wojewodztwo", "voivodeship", "kod teryt", "teryt"},
    "area": {"obszar", "area", "zakres"},
    "wanted": {"placowek potrzebnych", "clinics wanted", "potrzeby", "potrzeba", "wanted", "need"},
}
_NONE: Final = {"-", "–", "—"}
# A workbook may write a whole number as 5.0.
_WHOLE: Final = re.compile(r"(\d{1,9})(?:[.,]0+)?", re.ASCII)


class ColumnsMissing(Exception):
    """The first row does not name voivodeship, area and the number wanted."""


@dataclass(frozen=True)
class NeedFile:
    """What a file asks for by voivodeship and area (0: no need), and its wrong rows.

    A refused row is line, what was written, and the reason: PLACE, AREA, NUMBER, TOO_BIG or DUPLICATE.
    """

    needs: Mapping[tuple[str, int], int]
    refused: tuple[tuple[int, str, str], ...]


def read_needs(
    rows: Sequence[tuple[int, Sequence[str]]], *, places: Mapping[str, str], areas: Mapping[str, int]
) -> NeedFile:
    """Read numbered rows of cells, the first one with the names of the columns.

    `places` and `areas` lead from every name and code they may be written with. A row without a number
    changes nothing, a dash or zero takes a need away.

    :raises ColumnsMissing: the columns are not there
    """
    at = _columns(rows)
    known_places = {search_key(name): place for name, place in places.items()}
    known_areas = {search_key(name): area for name, area in areas.items()}
    needs: dict[tuple[str, int], int] = {}
    seen: set[tuple[str, int]] = set()
    refused = []
    for line, cells in rows[1:]:
        place, area, wanted = (_cell(cells, at[name]) for name in ("place", "area", "wanted"))
        if not wanted:
            continue
        pair = (known_places.get(search_key(place), ""), known_areas.get(search_key(area), 0))
        reason = _refusal(pair, wanted, seen)
        if reason:
            refused.append((line, f"{place}, {area}: {wanted}"[:120], reason))
        else:
            needs[pair] = _number(wanted)
        seen.add(pair)
    return NeedFile(needs, tuple(refused[:_TOLD]))


def _columns(rows: Sequence[tuple[int, Sequence[str]]]) -> dict[str, int]:
    heads = [search_key(cell) for cell in rows[0][1]] if rows else []
    at = {
        key: next((number for number, head in enumerate(heads) if head in names), -1)
        for key, names in _HEADS.items()
    }
    if -1 in at.values():
        raise ColumnsMissing
    return at


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip().lstrip("'") if at < len(cells) else ""


def _refusal(pair: tuple[str, int], wanted: str, seen: set[tuple[str, int]]) -> str:
    """Return why the row is wrong, empty when it is right."""
    place, area = pair
    number = _number(wanted)
    checks = (
        ("PLACE", bool(place)),
        ("AREA", bool(area)),
        ("DUPLICATE", pair not in seen),
        ("NUMBER", number >= 0),
        ("TOO_BIG", number <= MOST_WANTED),
    )
    return next((reason for reason, is_right in checks if not is_right), "")


def _number(text: str) -> int:
    """Return the number, 0 for a dash, -1 for what is none."""
    if text in _NONE:
        return 0
    found = _WHOLE.fullmatch(re.sub(r"\s", "", text))
    return int(found[1]) if found else -1
