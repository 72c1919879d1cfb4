"""ICD-9-PL codes: their form, a dictionary as a file and as looked up, codes near to a wrong one. Pure.

Codes are texts, never numbers: 89.0010 and 89.001 are two procedures.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from ols.kernel import days
from ols.kernel.sortkey import search_key

SHAPE: Final = re.compile(r"(\d{2,3}\.\d{1,5}|[A-Z]\d{2,3})", re.ASCII)
# So many codes are offered instead of a wrong one.
OFFERED: Final = 3
_SIGNS: Final = "0123456789."
_HEADS: Final = {
    "code": {"code", "kod"},
    "name": {"name", "nazwa"},
    "valid_from": {"valid_from", "obowiązuje od"},
    "valid_to": {"valid_to", "obowiązuje do"},
}


class ColumnsMissing(Exception):
    """The first row names no column of codes, or none of names."""


@dataclass(frozen=True, slots=True)
class Icd9Code:
    """A code with its Polish name; it counts from `valid_from` to the day before `valid_to` (None: open)."""

    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None

    def counts(self, on: date) -> bool:
        """Say whether the code is in force that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Icd9Problem:
    """Why a code cannot be taken: UNKNOWN or ENDED (not in force); `nearest` are codes that can."""

    code: str
    reason: str
    nearest: tuple[Icd9Code, ...]


@dataclass(frozen=True)
class Icd9Dictionary:
    """The codes that were loaded; without any only the form of a code can be checked."""

    codes: Mapping[str, Icd9Code]

    def problem(self, code: str, *, on: date) -> Icd9Problem | None:
        """Return why the code cannot be taken; None: it can, or there is nothing to compare it with."""
        if not code or not self.codes:
            return None
        found = self.codes.get(code)
        if found is not None and found.counts(on):
            return None
        return Icd9Problem(code, "ENDED" if found else "UNKNOWN", self.nearest(code, on=on))

    def nearest(self, text: str, *, on: date) -> tuple[Icd9Code, ...]:
        """Return known codes one slip away, then those that begin alike, or whose names hold the words."""
        slips = [
            self.codes[slip] for slip in sorted(set(_slips(text))) if slip in self.codes and slip != text
        ]
        near = [one for one in slips if one.counts(on)]
        if len(near) < OFFERED:
            near += [one for one in self.found(text, on=on, most=OFFERED) if one not in near]
        for length in range(len(text) - 1, 1, -1):
            if len(near) >= OFFERED:
                break
            near += [one for one in self._alike(text[:length]) if one.counts(on) and one not in near]
        return tuple(near[:OFFERED])

    def found(self, text: str, *, on: date, most: int) -> list[Icd9Code]:
        """Return the codes in force that begin with the text, or whose names hold each of its words."""
        start, words = text.strip().upper(), search_key(text).split()
        if not words:
            return []
        first = [one for one in self._alike(start) if one.counts(on)]
        if len(first) < most:
            known = {one.code for one in first}
            for one, name in self._names:
                if len(first) >= most:
                    break
                if one.code not in known and one.counts(on) and all(word in name for word in words):
                    first.append(one)
        return first[:most]

    def _alike(self, start: str) -> list[Icd9Code]:
        return [one for code, one in self._sorted if code.startswith(start)]

    @cached_property
    def _sorted(self) -> list[tuple[str, Icd9Code]]:
        return sorted(self.codes.items())

    @cached_property
    def _names(self) -> list[tuple[Icd9Code, str]]:
        return [(one, search_key(one.name)) for _code, one in self._sorted]


@dataclass(frozen=True)
class Icd9File:
    """What a file holds, and its wrong rows: line, code as written, reason (CODE, NAME, DAY, DUPLICATE)."""

    codes: Mapping[str, Icd9Code]
    refused: tuple[tuple[int, str, str], ...]


def read_dictionary(rows: Sequence[Sequence[str]]) -> Icd9File:
    """Read a table whose first row names the columns: code and name, and perhaps both days.

    :raises ColumnsMissing: the columns are not there
    """
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    at = {
        key: next((place for place, head in enumerate(heads) if head in names), None)
        for key, names in _HEADS.items()
    }
    if at["code"] is None or at["name"] is None:
        raise ColumnsMissing
    codes: dict[str, Icd9Code] = {}
    refused = []
    for line, cells in enumerate(rows[1:], start=2):
        given = {
            key: cells[place].strip() if place is not None and place < len(cells) else ""
            for key, place in at.items()
        }
        if not any(given.values()):
            continue
        reason, one = _read(given)
        if one is not None and one.code in codes:
            reason, one = "DUPLICATE", None
        if one is None:
            refused.append((line, given["code"][:20], reason))
        else:
            codes[one.code] = one
    return Icd9File(codes, tuple(refused))


def _read(given: Mapping[str, str]) -> tuple[str, Icd9Code | None]:
    """Return a row's code, or why it is wrong."""
    code, name = given["code"].upper(), " ".join(given["name"].split())
    if not SHAPE.fullmatch(code):
        return "CODE", None
    if not 1 <= len(name) <= 500:
        return "NAME", None
    try:
        first, last = (
            days.parse_date(given[key]) if given[key] else None for key in ("valid_from", "valid_to")
        )
    except days.DateError:
        return "DAY", None
    return "", Icd9Code(code, name, first, last)


def _slips(code: str) -> Iterator[str]:
    """Yield what a code would be with one sign more, less, another, or two changed places."""
    for at in range(len(code) + 1):
        start, end = code[:at], code[at:]
        yield from (start + sign + end for sign in _SIGNS)
        if end:
            yield start + end[1:]
            yield from (start + sign + end[1:] for sign in _SIGNS)
        if len(end) > 1:
            yield start + end[1] + end[0] + end[2:]
