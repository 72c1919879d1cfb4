"""Opening hours as people type them, and whether somebody is there."""

from datetime import UTC, datetime

import pytest

from ols.kernel import hours

WEEK = (hours.parse_day("8-13, 14:30-18"),) + ((),) * 4 + (hours.parse_day("9-24"), ())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("8-16", "08:00–16:00"),
        ("8:00 – 13.00; 14:30-18", "08:00–13:00, 14:30–18:00"),
        ("14-18 i 8 do 12", "08:00–12:00, 14:00–18:00"),
        ("20-24", "20:00–24:00"),
        ("20-0", "20:00–24:00"),
        ("", ""),
    ],
)
def test_typed_hours_are_read(typed, shown) -> None:
    assert hours.format_day(hours.parse_day(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("rano", "NOT_HOURS"),
        ("8", "NOT_HOURS"),
        ("8-25", "NOT_HOURS"),
        ("8:75-9", "NOT_HOURS"),
        ("16-8", "ENDS_EARLY"),
        ("8-8", "ENDS_EARLY"),
        ("8-12, 11-13", "OVERLAP"),
        ("1-2,3-4,5-6,7-8,9-10", "TOO_MANY"),
    ],
)
def test_what_is_no_hours_is_refused_with_a_code(typed, code) -> None:
    with pytest.raises(hours.HoursError) as refused:
        hours.parse_day(typed)
    assert refused.value.code == code


def test_minutes_of_the_week_come_back() -> None:
    assert hours.to_minutes(WEEK) == ([480, 870, 7740], [780, 1080, 8640])
    assert hours.from_minutes(*hours.to_minutes(WEEK)) == WEEK


@pytest.mark.parametrize(
    ("utc", "is_open", "until", "opens"),
    [
        ("2026-11-23 07:00", True, 780, None),  # Monday 8:00 in Warsaw
        ("2026-11-23 06:59", False, None, ("2026-11-23", 480)),
        ("2026-11-23 12:00", False, None, ("2026-11-23", 870)),
        ("2026-11-23 17:00", False, None, ("2026-11-28", 540)),
        ("2026-11-28 22:59", True, 1440, None),
        ("2027-05-03 08:00", False, None, ("2027-05-08", 540)),  # a holiday on a Monday
    ],
)
def test_it_is_known_whether_somebody_is_there(utc, is_open, until, opens) -> None:
    found = hours.opening(WEEK, datetime.fromisoformat(utc).replace(tzinfo=UTC), closed_on_holidays=True)
    assert (found.is_open, found.until) == (is_open, until)
    if opens:
        assert (found.opens_on.isoformat(), found.opens_at) == opens


def test_a_clinic_open_on_holidays_is_open_then() -> None:
    moment = datetime(2027, 5, 3, 8, tzinfo=UTC)
    assert hours.opening(WEEK, moment, closed_on_holidays=False).is_open


def test_without_any_hours_nothing_is_said() -> None:
    assert hours.opening(hours.NEVER, datetime(2026, 11, 23, tzinfo=UTC), closed_on_holidays=True) is None
