"""A file of limits (XLSX or CSV) as its rows: which service, which amount, what is wrong. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ols.kernel import money

_CODE: Final = {"kod", "code", "kod usługi", "service code"}
_LIMIT: Final = {"limit", "nowy limit", "limit (zł)", "limit zł", "limit [zł]", "new limit", "limit (pln)"}
# What people write for: no limit any more. An empty cell leaves the limit as it is.
NO_LIMIT: Final = {"-", "–", "—", "brak", "bez limitu", "none", "no limit"}


class ColumnsMissing(Exception):
    """The first row names no column of codes, or none of limits."""


@dataclass(frozen=True)
class LimitFile:
    """What a file asks for: grosze by service id (None: no limit), and its rows that are wrong.

    A refused row is line, code as written, reason: UNKNOWN_CODE, DUPLICATE, ZERO, or a code of AmountError.
    """

    limits: Mapping[int, int | None]
    refused: tuple[tuple[int, str, str], ...]


def read_limits(rows: Sequence[tuple[int, Sequence[str]]], services: Mapping[str, int]) -> LimitFile:
    """Read numbered rows of cells, the first one with the names of the columns; codes lead to services.

    :raises ColumnsMissing: the columns are not there
    """
    code_at, limit_at = _columns(rows)
    limits: dict[int, int | None] = {}
    seen: set[str] = set()
    refused = []
    for line, cells in rows[1:]:
        code, amount = _cell(cells, code_at).upper(), _cell(cells, limit_at)
        if not code and not amount:
            continue
        reason = _refusal(code, amount, services, seen)
        seen.add(code)
        if reason:
            refused.append((line, _cell(cells, code_at)[:40], reason))
        elif amount:
            limits[services[code]] = None if amount.lower() in NO_LIMIT else money.parse_amount(amount)
    return LimitFile(limits, tuple(refused))


def _columns(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, int]:
    names = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    code = next((at for at, name in enumerate(names) if name in _CODE), None)
    limit = next((at for at, name in enumerate(names) if name in _LIMIT), None)
    if code is None or limit is None:
        raise ColumnsMissing
    return code, limit


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip().lstrip("'") if at < len(cells) else ""


def _refusal(code: str, amount: str, services: Mapping[str, int], seen: set[str]) -> str:
    """Return why the row is wrong, empty when it is right."""
    if code not in services:
        return "UNKNOWN_CODE"
    if code in seen:
        return "DUPLICATE"
    if not amount or amount.lower() in NO_LIMIT:
        return ""
    try:
        return "" if money.parse_amount(amount) else "ZERO"
    except money.AmountError as error:
        return error.code
