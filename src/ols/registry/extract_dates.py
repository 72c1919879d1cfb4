"""The day of an extract: dates beside the words that say when the document was made."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ols.registry import extract_labels
from ols.registry.extract_lines import Cell, Line

_MONTHS: Final = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "wrzesnia",
    "pazdziernika", "listopada", "grudnia",
)  # fmt: skip
_MADE: Final = re.compile(extract_labels.MADE)
_STATE: Final = re.compile(extract_labels.STATE)
_DAY: Final = re.compile(
    rf"\b(?:(?P<y1>\d{{4}})[-./](?P<m1>\d{{1,2}})[-./](?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})[-./](?P<m2>\d{{1,2}})[-./](?P<y2>\d{{4}})"
    rf"|(?P<d3>\d{{1,2}}) (?P<m3>{'|'.join(_MONTHS)}) (?P<y3>\d{{4}}))\b"
)
# Between the label and its date: „dokumentu”, „wypisu z rejestru”, „w dniu”, an hour.
_WITHIN: Final = 60


class Dated(NamedTuple):
    """A day and the label it stands by."""

    day: date
    label: str
    page: int
    line: int


def labeled_dates(lines: list[Line]) -> tuple[list[Dated], list[Dated]]:
    """Return the days the document was made on and the days of its content, each in order."""
    return list(_dates(lines, _MADE)), list(_dates(lines, _STATE))


def _dates(lines: list[Line], label: re.Pattern[str]) -> Iterator[Dated]:
    for row, line in enumerate(lines):
        for place, cell in enumerate(line):
            for match in label.finditer(cell.folded):
                day = _day(_after(lines, (row, place), match.end()))
                if day is not None:
                    yield Dated(day, cell.text[match.start() : match.end()], cell.page, cell.line)


def _after(lines: list[Line], at: tuple[int, int], end: int) -> str:
    """Return where the date may stand: after the label, in the next cell, or below it."""
    row, place = at
    cell = lines[row][place]
    beside = cell.folded[end : end + _WITHIN]
    if _DAY.search(beside) or not _is_short(beside):
        return beside
    if place + 1 < len(lines[row]):
        return lines[row][place + 1].folded[:_WITHIN]
    return _under(lines[row + 1], cell) if row + 1 < len(lines) else ""


def _is_short(text: str) -> bool:
    """Tell a label's own end („dokumentu:”) from a sentence."""
    return len(text.split()) <= 3


def _under(line: Line, cell: Cell) -> str:
    return next((item.folded[:_WITHIN] for item in line if abs(item.column - cell.column) <= 2), "")


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    if match is None:
        return None
    found = match.groupdict()
    month = found["m1"] or found["m2"] or str(_MONTHS.index(found["m3"]) + 1)
    year, day = (next(filter(None, (found[f"{part}{n}"] for n in "123"))) for part in "yd")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
