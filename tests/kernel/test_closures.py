"""Closed days: what may be entered, what is over, what they do to the hours."""

from datetime import UTC, date, datetime

import pytest

from ols.kernel import closures, hours
from ols.kernel.closures import Closure

TODAY = date(2026, 12, 20)
EVE = Closure(date(2026, 12, 24), date(2026, 12, 26), "Święta")
BEGUN = Closure(date(2026, 12, 18), date(2026, 12, 21))
WEEK = (((8 * 60, 16 * 60),),) * 7


def code(*found: Closure, known: tuple[Closure, ...] = ()) -> tuple[int, str] | None:
    wrong = closures.problem(found, known=known, today=TODAY)
    return (wrong.place, wrong.code) if wrong else None


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ((EVE,), None),
        ((Closure(TODAY, TODAY),), None),
        ((EVE, Closure(date(2026, 12, 31), date(2026, 12, 30))), (1, "ENDS_EARLY")),
        ((Closure(date(2026, 12, 19), date(2026, 12, 22)),), (0, "IN_PAST")),
        ((Closure(date(2026, 12, 24), date(2029, 12, 26)),), (0, "TOO_FAR")),
        ((EVE, Closure(date(2026, 12, 26), date(2026, 12, 28))), (1, "OVERLAP")),
        ((EVE, Closure(date(2026, 12, 23), date(2026, 12, 24))), (0, "OVERLAP")),
        ((EVE, EVE), (1, "OVERLAP")),
    ],
)
def test_what_may_be_entered(found: tuple[Closure, ...], wrong: tuple[int, str] | None) -> None:
    assert code(*found) == wrong


def test_what_has_begun_stays_when_the_card_knew_it() -> None:
    assert code(BEGUN) == (0, "IN_PAST")
    assert code(BEGUN, known=(BEGUN,)) is None
    longer = Closure(BEGUN.first, date(2026, 12, 23))
    assert code(longer, known=(BEGUN,)) is None


def test_there_are_not_too_many() -> None:
    each = [Closure(date(2027, 1, day), date(2027, 1, day)) for day in range(1, 23)]
    assert code(*each[: closures.MOST]) is None
    assert code(*each[: closures.MOST + 1]) == (closures.MOST, "TOO_MANY")


def test_what_is_over_is_gone() -> None:
    assert closures.coming((EVE, BEGUN), on=date(2026, 12, 21)) == (BEGUN, EVE)
    assert closures.coming((EVE, BEGUN), on=date(2026, 12, 22)) == (EVE,)
    assert closures.coming((EVE,), on=date(2026, 12, 27)) == ()
    assert closures.closed_on((EVE,), date(2026, 12, 25)) == EVE
    assert closures.closed_on((EVE,), date(2026, 12, 27)) is None


def test_columns_come_as_days_or_as_text() -> None:
    found = closures.from_columns(["2026-12-24"], [date(2026, 12, 26)], ["Święta"])
    assert found == (EVE,)


@pytest.mark.parametrize(
    ("moment", "is_open", "opens_on"),
    [
        ("2026-12-23 10:00", True, None),
        ("2026-12-23 20:00", False, date(2026, 12, 27)),
        ("2026-12-25 10:00", False, date(2026, 12, 27)),
        ("2026-12-27 10:00", True, None),
    ],
)
def test_the_hours_know_it(moment, is_open, opens_on):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    found = hours.opening(WEEK, at, closed_on_holidays=False, closed=(EVE,))
    assert found is not None
    assert (found.is_open, found.opens_on) == (is_open, opens_on)


def test_a_long_closure_still_says_when_it_opens() -> None:
    closed = (Closure(date(2026, 12, 20), date(2027, 1, 31)),)
    found = hours.opening(WEEK, datetime(2026, 12, 21, 9, tzinfo=UTC), closed_on_holidays=True, closed=closed)
    assert found is not None
    assert found.opens_on == date(2027, 2, 1)
