"""What a business card says, in words."""

from django.utils import translation

from ols.kernel import hours
from ols.web.components import card_words

OPEN, LATE, CLOSED = hours.parse_day("8-18"), hours.parse_day("8-13, 14:30-18"), ()


def said(*week, language="pl") -> str:
    with translation.override(language):
        return card_words.week(week)


def test_equal_days_in_a_row_are_said_once() -> None:
    week = (OPEN, OPEN, LATE, OPEN, OPEN, LATE, CLOSED)
    assert said(*week) == (
        "pon.–wt. 08:00–18:00, śr. 08:00–13:00, 14:30–18:00, czw.–pt. 08:00–18:00, "
        "sob. 08:00–13:00, 14:30–18:00"
    )
    assert said(*[OPEN] * 5, CLOSED, CLOSED, language="en") == "Mon–Fri 08:00–18:00"


def test_a_week_without_hours_says_so() -> None:
    assert said(*[CLOSED] * 7) == "bez godzin otwarcia"
