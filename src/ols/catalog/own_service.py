"""What an own service of an insurer must look like, and a file of them row by row. Pure."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ols.catalog import icd9
from ols.catalog.icd9 import Icd9Problem

_CODE: Final = re.compile(r"[A-Z0-9](?:-?[A-Z0-9]){1,19}", re.ASCII)
_NAMES: Final = {
    "code": {"kod", "code"},
    "name": {"nazwa", "usługa", "name", "service"},
    "unit": {"jednostka", "unit"},
    "icd9": {"icd-9-pl", "icd-9", "icd9", "icd"},
}
UNIT: Final = "szt."


@dataclass(frozen=True)
class OwnService:
    """A service an insurer adds: code and name, unit, ICD-9-PL code (empty: none)."""

    code: str
    name: str
    unit: str = UNIT
    icd9: str = ""

    def mistake(self) -> str:
        """Return what is wrong: CODE, NAME, UNIT, ICD9; empty when all is right."""
        checks = (
            ("CODE", len(self.code) <= 20 and _CODE.fullmatch(self.code)),
            ("NAME", 3 <= len(self.name) <= 250),
            ("UNIT", 1 <= len(self.unit) <= 20),
            ("ICD9", not self.icd9 or icd9.SHAPE.fullmatch(self.icd9)),
        )
        return next((name for name, is_right in checks if not is_right), "")


class ColumnsMissing(Exception):
    """The first row names no column of codes, or none of names."""


@dataclass(frozen=True)
class ServiceFile:
    """What a file asks for, and its wrong rows: line, code as written, reason.

    `procedures` says by line what is wrong with an ICD-9-PL code (reason ICD9_UNKNOWN or ICD9_ENDED).
    """

    services: tuple[OwnService, ...]
    refused: tuple[tuple[int, str, str], ...]
    procedures: Mapping[int, Icd9Problem] = field(default_factory=dict)


def read_services(
    rows: Sequence[tuple[int, Sequence[str]]],
    *,
    taken: Collection[str],
    problem: Callable[[OwnService], Icd9Problem | None] = lambda _one: None,
) -> ServiceFile:
    """Read numbered rows of cells; `taken` are codes of common services and of other areas.

    `problem` says what the dictionary of ICD-9-PL has against a row.

    :raises ColumnsMissing: the columns are not there
    """
    heads = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    at = {
        key: next((n for n, head in enumerate(heads) if head in names), None) for key, names in _NAMES.items()
    }
    if at["code"] is None or at["name"] is None:
        raise ColumnsMissing
    found: dict[str, OwnService] = {}
    refused = []
    procedures = {}
    for line, cells in rows[1:]:
        given = {
            key: cells[place].strip().lstrip("'") if place is not None and place < len(cells) else ""
            for key, place in at.items()
        }
        one = OwnService(given["code"].upper(), given["name"], given["unit"] or UNIT, given["icd9"].upper())
        reason = one.mistake() or ("TAKEN" if one.code in taken else "DUPLICATE" if one.code in found else "")
        wrong = None if reason else problem(one)
        if wrong is not None:
            procedures[line], reason = wrong, f"ICD9_{wrong.reason}"
        if reason:
            refused.append((line, one.code[:40], reason))
        else:
            found[one.code] = one
    return ServiceFile(tuple(found.values()), tuple(refused), procedures)
