"""Days on which a place is closed although its weekly hours say otherwise: read, checked, looked up."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

MOST: Final = 20
# Nobody knows its closed days longer ahead; a farther one is a slip in the year.
FARTHEST: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed from the first to the last day, both included, and why."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which of several closures.

    The code is ENDS_EARLY, IN_PAST, TOO_FAR, OVERLAP or TOO_MANY.
    """

    place: int
    code: str


def problem(found: Sequence[Closure], *, known: Collection[Closure], today: date) -> Problem | None:
    """Return the first problem of what was entered; what is `known` already may have begun before today."""
    begun = {closure.first for closure in known}
    for place, closure in enumerate(found):
        if closure.last < closure.first:
            return Problem(place, "ENDS_EARLY")
        if closure.first < today and closure.first not in begun:
            return Problem(place, "IN_PAST")
        if closure.last > today + FARTHEST:
            return Problem(place, "TOO_FAR")
    in_order = sorted(range(len(found)), key=lambda place: found[place].first)
    for before, after in pairwise(in_order):
        if found[after].first <= found[before].last:
            return Problem(after, "OVERLAP")
    return Problem(MOST, "TOO_MANY") if len(found) > MOST else None


def coming(found: Iterable[Closure], *, on: date) -> tuple[Closure, ...]:
    """Return those that are not over on the day, the first to come first."""
    return tuple(sorted((row for row in found if row.last >= on), key=lambda row: row.first))


def closed_on(found: Iterable[Closure], day: date) -> Closure | None:
    """Return the closure the day belongs to."""
    return next((row for row in found if row.first <= day <= row.last), None)


def from_columns(
    firsts: Iterable[date | str], lasts: Iterable[date | str], reasons: Iterable[str]
) -> tuple[Closure, ...]:
    """Return closures from what the database keeps, or JSON made of it."""
    rows = zip(firsts, lasts, reasons, strict=True)
    return tuple(Closure(_day(first), _day(last), reason) for first, last, reason in rows)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
