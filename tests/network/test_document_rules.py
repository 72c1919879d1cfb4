"""How fresh a document must be, day by day at the edges."""

from datetime import date, timedelta

import pytest

from ols.network import document_rules
from ols.network.document_rules import Dates, Problem, Rules

TODAY = date(2026, 11, 23)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
POLICY = Rules(has_end=True)
EXTRACT = Rules(max_age=3)
SANITARY = Rules(max_age=10, age_unit="days", is_renewed=True)


@pytest.mark.parametrize(
    ("rules", "dates", "expected"),
    [
        (Rules(), Dates(), ""),
        (POLICY, Dates(), Problem.NO_END_DAY),
        (POLICY, Dates(valid_until=TODAY), ""),
        (POLICY, Dates(valid_until=YESTERDAY), Problem.EXPIRED),
        (EXTRACT, Dates(), Problem.NO_ISSUE_DAY),
        (EXTRACT, Dates(issued_on=TODAY), ""),
        (EXTRACT, Dates(issued_on=TOMORROW), Problem.ISSUED_LATER),
        (EXTRACT, Dates(issued_on=date(2026, 8, 23)), ""),
        (EXTRACT, Dates(issued_on=date(2026, 8, 22)), Problem.TOO_OLD),
        (SANITARY, Dates(issued_on=TODAY - timedelta(days=10)), ""),
        (SANITARY, Dates(issued_on=TODAY - timedelta(days=11)), Problem.TOO_OLD),
        (
            Rules(max_age=12, has_end=True),
            Dates(TODAY, YESTERDAY),
            Problem.ENDS_BEFORE_ISSUE,
        ),
    ],
)
def test_the_first_thing_wrong_is_named(rules: Rules, dates: Dates, expected: str) -> None:
    assert document_rules.problem(rules, dates, on=TODAY) == expected


def test_a_document_ends_with_whatever_ends_first() -> None:
    both = Rules(max_age=12, is_renewed=True, has_end=True)
    assert document_rules.ends_on(both, Dates(date(2026, 1, 31), date(2026, 12, 31))) == date(2026, 12, 31)
    assert document_rules.ends_on(both, Dates(date(2026, 1, 31), date(2028, 12, 31))) == date(2027, 1, 31)
    assert document_rules.ends_on(EXTRACT, Dates(issued_on=TODAY)) is None  # fresh for the offer only
    assert document_rules.ends_on(Rules(), Dates(TODAY, TOMORROW)) is None


@pytest.mark.parametrize(
    ("left", "stage"), [(31, None), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)]
)
def test_notices_come_30_and_7_days_ahead_and_after(left: int, stage: int | None) -> None:
    assert document_rules.notice(TODAY + timedelta(days=left), on=TODAY) == stage
