"""The lines of an extract as cells in columns, and where a label's value stands: beside, right or below."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ols.registry import extract_labels
from ols.registry.extract_labels import Label

_CELL: Final = re.compile(r"\S+(?: {1,2}\S+)*")
_UNFINISHED: Final = re.compile(r"(?:,|/|\(|\b(?:albo|lub|oraz|i|z|w|o|na|imie))$")
# How far apart two cells of one column may begin, in signs of the layout.
_SAME_COLUMN: Final = 2
_MOST_CONTINUATIONS: Final = 4
# A line of a printed page has some 150 signs; patterns are never run over a stranger's endless one.
_LONGEST_LINE: Final = 600


class Cell(NamedTuple):
    """One piece of a line. `page` counts from 1 (0: form fields), `line` within the page from 1."""

    page: int
    line: int
    column: int
    text: str
    folded: str
    labels: tuple[Label, ...]


class Found(NamedTuple):
    """A label with its value, and where it stands."""

    field: str
    label: str
    value: str
    page: int
    line: int


Line = list[Cell]


def cells(text: str, *, page: int, line: int) -> Line:
    """Take a line apart where three spaces or more separate columns."""
    made = []
    for match in _CELL.finditer(text[:_LONGEST_LINE]):
        folded = extract_labels.fold(match[0])
        labels = tuple(extract_labels.labels(folded))
        made.append(Cell(page, line, match.start(), match[0], folded, labels))
    return made


def lead(lines: list[Line]) -> list[Line]:
    """Return the lines before the first facility, unit or cell: what is said of the entity itself."""
    for number, line in enumerate(lines):
        if line and not line[0].labels and extract_labels.LEAD_ENDS.match(line[0].folded):
            return lines[:number]
    return lines


def found(lines: list[Line]) -> Iterator[Found]:
    """Give every label with its value, in the order of the document."""
    for row, line in enumerate(lines):
        for place, cell in enumerate(line):
            if place == 0 and _ends_label_above(lines, row):
                continue
            for number, label in enumerate(cell.labels):
                if label.field:
                    value = _value(lines, (row, place), number)
                    yield Found(label.field, cell.text[label.start : label.end], value, cell.page, cell.line)


def _value(lines: list[Line], at: tuple[int, int], number: int) -> str:
    """Return the label's value; a label without any gives an empty text."""
    row, place = at
    cell = lines[row][place]
    label = cell.labels[number]
    is_last = number == len(cell.labels) - 1
    end = len(cell.text) if is_last else cell.labels[number + 1].start
    beside = cell.text[label.end : end].lstrip(" :;.-–—").rstrip(" :;,")
    if beside.startswith("(") and beside.endswith(")"):
        beside = ""
    if beside or not is_last:
        return (
            " ".join([beside, *_wrapped(lines, row, beside)]) if is_last and len(lines[row]) == 1 else beside
        )
    right = lines[row][place + 1] if place + 1 < len(lines[row]) else None
    if right is None or _begins_with_label(right):
        return _below(lines, row, cell)
    return _column(lines, row, right)


def _ends_label_above(lines: list[Line], row: int) -> bool:
    """Tell whether the line's first cell is the end of a label cut in two: „Firma albo” over „nazwa”."""
    above = lines[row - 1][0] if row > 0 and lines[row - 1] else None
    if above is None or not above.labels or not _UNFINISHED.search(above.folded):
        return False
    return len(lines[row]) > 1 and abs(above.column - lines[row][0].column) <= _SAME_COLUMN


def _begins_with_label(cell: Cell) -> bool:
    return bool(cell.labels) or bool(extract_labels.HEADING.match(cell.folded))


def _wrapped(lines: list[Line], row: int, beside: str) -> list[str]:
    """Return the lines below that go on with a value which began beside its label."""
    more: list[str] = []
    last = beside
    for line in lines[row + 1 : row + 1 + _MOST_CONTINUATIONS]:
        if len(line) != 1 or _begins_with_label(line[0]) or not _goes_on(last, line[0].text):
            break
        last = line[0].text
        more.append(last)
    return more


def _goes_on(last: str, following: str) -> bool:
    if last.endswith("-") or _UNFINISHED.search(extract_labels.fold(last)):
        return True
    return following[0].islower() or bool(re.match(r"[0-9]{2}-[0-9]{3}\b", following))


def _below(lines: list[Line], row: int, cell: Cell) -> str:
    """Return the value under its label, in the same column of the next line."""
    if row + 1 >= len(lines):
        return ""
    under = _in_column(lines[row + 1], cell.column)
    if under is None or _begins_with_label(under):
        return ""
    return _column(lines, row + 1, under)


def _column(lines: list[Line], row: int, first: Cell) -> str:
    """Return a value that fills its own column: the lines below belong to it until a new label."""
    parts = [first.text]
    left = lines[row][0]
    for line in lines[row + 1 : row + 1 + _MOST_CONTINUATIONS]:
        under = _in_column(line, first.column)
        if under is None or _begins_with_label(under):
            break
        is_label_unfinished = bool(_UNFINISHED.search(left.folded)) and left is not first
        if line[0] is not under and _begins_with_label(line[0]) and not is_label_unfinished:
            break
        left = line[0]
        parts.append(under.text)
    return " ".join(parts)


def _in_column(line: Line, column: int) -> Cell | None:
    near = [cell for cell in line if abs(cell.column - column) <= _SAME_COLUMN]
    return near[0] if near else None
