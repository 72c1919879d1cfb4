"""Dates as typed, months and policy years, the Polish calendar and the promises counted in it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ols.kernel import days


def _day(text):
    return date.fromisoformat(text)


def _local(text):
    return datetime.fromisoformat(text).replace(tzinfo=days.WARSAW)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.2.26", "2026-02-01"),
        ("01.02.2026", "2026-02-01"),
        ("1-2-2026", "2026-02-01"),
        ("1/2/26", "2026-02-01"),
        ("2026-02-01", "2026-02-01"),
        (" 29.2.2028 ", "2028-02-29"),
        ("15.7.85", "1985-07-15"),
        ("1.1.51", "1951-01-01"),
        ("1.1.50", "2050-01-01"),
    ],
)
def test_date_is_read(text, day):
    assert days.parse_date(text) == _day(day)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY"),
        ("  ", "EMPTY"),
        ("1.1.0026", "YEAR_OUT_OF_RANGE"),
        ("0026-01-01", "YEAR_OUT_OF_RANGE"),
        ("1.1.9999", "YEAR_OUT_OF_RANGE"),
        ("29.2.2026", "NO_SUCH_DAY"),
        ("31.4.2026", "NO_SUCH_DAY"),
        ("0.1.2026", "NO_SUCH_DAY"),
        ("1.13.2026", "NO_SUCH_DAY"),
        ("1.1.026", "NOT_A_DATE"),
        ("1.1-2026", "NOT_A_DATE"),
        ("1.1", "NOT_A_DATE"),
        ("20260201", "NOT_A_DATE"),
        ("٠١.٠٢.٢٠٢٦", "NOT_A_DATE"),
        ("jutro", "NOT_A_DATE"),
    ],
)
def test_date_is_refused(text, code):
    with pytest.raises(days.DateError) as caught:
        days.parse_date(text)
    assert caught.value.code == code


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2199, 12, 31)))
def test_what_is_shown_is_read_back(day):
    assert days.parse_date(days.format_date(day)) == day
    assert days.parse_date(day.isoformat()) == day
    assert days.from_day(days.to_day(day)) == day


def test_day_numbers_count_from_1970():
    assert days.to_day(date(1970, 1, 1)) == 0
    assert days.to_day(date(2026, 11, 20)) == 20777
    assert days.from_day(-1) == date(1969, 12, 31)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-10-31", 4, "2027-02-28"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(start, months, end):
    assert days.add_months(_day(start), months) == _day(end)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2008-11-20", "2026-11-19", 17),
        ("2008-11-20", "2026-11-20", 18),
        ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2008-02-29", "2028-02-28", 19),
        ("2008-02-29", "2028-02-29", 20),
        ("2026-11-20", "2026-11-20", 0),
    ],
)
def test_age_is_reached_at_the_start_of_the_birthday(birth, day, age):
    assert days.age_on(_day(birth), _day(day)) == age


@pytest.mark.parametrize(
    ("start", "day", "first", "last"),
    [
        ("2025-03-15", "2026-03-14", "2025-03-15", "2026-03-14"),
        ("2025-03-15", "2026-03-15", "2026-03-15", "2027-03-14"),
        ("2025-03-15", "2025-03-15", "2025-03-15", "2026-03-14"),
        ("2024-02-29", "2025-02-27", "2024-02-29", "2025-02-27"),
        ("2024-02-29", "2025-02-28", "2025-02-28", "2026-02-27"),
        ("2024-02-29", "2028-02-28", "2027-02-28", "2028-02-28"),
        ("2024-02-29", "2028-02-29", "2028-02-29", "2029-02-27"),
    ],
)
def test_policy_year_starts_on_the_anniversary(start, day, first, last):
    assert days.policy_year(cover_start=_day(start), day=_day(day)) == (_day(first), _day(last))


def test_there_is_no_policy_year_before_the_cover():
    with pytest.raises(ValueError, match="before the cover starts"):
        days.policy_year(cover_start=date(2026, 1, 1), day=date(2025, 12, 31))


def test_waiting_period_is_counted_from_the_first_day_of_cover():
    assert days.first_covered_day(continuous_from=date(2026, 1, 1), days=30) == date(2026, 1, 31)
    assert days.first_covered_day(continuous_from=date(2026, 2, 1), days=90) == date(2026, 5, 2)
    assert days.first_covered_day(continuous_from=date(2026, 8, 31), months=6) == date(2027, 2, 28)
    assert days.first_covered_day(continuous_from=date(2026, 1, 1)) == date(2026, 1, 1)


@pytest.mark.parametrize(("year", "count"), [(2024, 252), (2025, 251), (2026, 253), (2027, 253)])
def test_a_year_has_so_many_working_days(year, count):
    first = date(year, 1, 1).toordinal()
    year_days = (date.fromordinal(number) for number in range(first, date(year + 1, 1, 1).toordinal()))
    assert sum(days.is_working_day(day) for day in year_days) == count


@pytest.mark.parametrize(
    ("year", "holidays"),
    [
        (2026, "1.01 6.01 5.04 6.04 1.05 3.05 24.05 4.06 15.08 1.11 11.11 24.12 25.12 26.12"),
        (2027, "1.01 6.01 28.03 29.03 1.05 3.05 16.05 27.05 15.08 1.11 11.11 24.12 25.12 26.12"),
    ],
)
def test_no_public_holiday_is_a_working_day(year, holidays):
    for text in holidays.split():
        assert not days.is_working_day(days.parse_date(f"{text}.{year}"))


def test_christmas_eve_is_free_from_2025_on():
    assert days.is_working_day(date(2024, 12, 24))
    assert not days.is_working_day(date(2025, 12, 24))


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2026-11-20", "2026-11-25"),
        ("2026-11-21", "2026-11-25"),
        ("2026-11-10", "2026-11-16"),
        ("2026-12-22", "2026-12-29"),
        ("2026-12-23", "2026-12-30"),
        ("2026-12-24", "2026-12-30"),
        ("2026-12-31", "2027-01-07"),
        ("2027-01-05", "2027-01-11"),
        ("2026-04-02", "2026-04-08"),
        ("2026-04-30", "2026-05-06"),
        ("2026-06-03", "2026-06-09"),
        ("2024-12-23", "2024-12-30"),
        ("2025-12-23", "2025-12-31"),
    ],
)
def test_three_working_days(accepted, due):
    assert days.add_working_days(_day(accepted), 3) == _day(due)


@pytest.mark.parametrize(
    ("sent", "calendar_due", "working_due"),
    [
        ("2026-11-18", "2026-11-20", "2026-11-20"),
        ("2026-11-19", "2026-11-23", "2026-11-23"),
        ("2026-11-20", "2026-11-23", "2026-11-24"),
        ("2026-12-22", "2026-12-28", "2026-12-28"),
        ("2026-12-24", "2026-12-28", "2026-12-29"),
    ],
)
def test_two_days_in_both_meanings(sent, calendar_due, working_due):
    assert days.deadline_calendar_days(_day(sent), 2) == _day(calendar_due)
    assert days.add_working_days(_day(sent), 2) == _day(working_due)


@pytest.mark.parametrize(("filed", "due"), [("2026-11-24", "2026-12-28"), ("2026-12-02", "2027-01-04")])
def test_thirty_days_move_off_holidays(filed, due):
    assert days.deadline_calendar_days(_day(filed), 30) == _day(due)


@pytest.mark.parametrize(
    ("sent", "due_local", "due_utc"),
    [
        ("2026-11-20 15:59", "2026-11-20 16:00", "2026-11-20 15:00"),
        ("2026-11-20 16:00", "2026-11-23 16:00", "2026-11-23 15:00"),
        ("2026-12-23 17:00", "2026-12-28 16:00", "2026-12-28 15:00"),
        ("2026-03-27 23:30", "2026-03-30 16:00", "2026-03-30 14:00"),
        ("2026-10-23 18:00", "2026-10-26 16:00", "2026-10-26 15:00"),
        ("2026-11-20 03:00", "2026-11-20 16:00", "2026-11-20 15:00"),
        ("2026-11-21 12:00", "2026-11-23 16:00", "2026-11-23 15:00"),
    ],
)
def test_offer_is_answered_by_the_end_of_the_working_day(sent, due_local, due_utc):
    due = days.deadline_office_hours(_local(sent).astimezone(UTC))
    assert due == datetime.fromisoformat(due_utc).replace(tzinfo=UTC)
    assert due.astimezone(days.WARSAW) == _local(due_local)
    assert due.tzinfo is UTC


def test_office_hours_are_the_insurers_own():
    sent = _local("2026-11-20 16:30")
    assert days.deadline_office_hours(sent, closes=time(18)) == _local("2026-11-20 18:00")
    with pytest.raises(ValueError, match="before it opens"):
        days.deadline_office_hours(sent, opens=time(9), closes=time(8))


def test_day_ends_in_warsaw():
    assert days.end_of_day(date(2026, 11, 25)) == datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC)
    assert days.end_of_day(date(2026, 7, 25)) == datetime(2026, 7, 25, 21, 59, 59, tzinfo=UTC)
    assert days.local_date(datetime(2026, 11, 25, 23, 30, tzinfo=UTC)) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("local", "is_open", "opening"),
    [
        ("2026-11-23 07:59", False, "2026-11-23 08:00"),
        ("2026-11-23 08:00", True, "2026-11-24 08:00"),
        ("2026-11-23 15:59", True, "2026-11-24 08:00"),
        ("2026-11-23 16:00", False, "2026-11-24 08:00"),
        ("2026-11-20 16:00", False, "2026-11-23 08:00"),
        ("2026-11-21 10:00", False, "2026-11-23 08:00"),
        ("2026-12-23 17:00", False, "2026-12-28 08:00"),
        ("2026-12-24 07:00", False, "2026-12-28 08:00"),
        ("2026-03-27 23:30", False, "2026-03-30 08:00"),
    ],
)
def test_when_the_office_is_open_and_opens_next(local, is_open, opening):
    moment = datetime.fromisoformat(local).replace(tzinfo=days.WARSAW)
    assert days.office_is_open(moment, opens=time(8), closes=time(16)) is is_open
    expected = datetime.fromisoformat(opening).replace(tzinfo=days.WARSAW)
    assert days.next_office_opening(moment, opens=time(8)) == expected


def test_the_offices_time_is_counted_over_nights_and_holidays():
    hours = {"opens": time(8), "closes": time(16)}
    # From Wednesday 23.12 14:00 to Monday 28.12 10:00, with Christmas and a weekend between.
    starts, ends = _local("2026-12-23 14:00"), _local("2026-12-28 10:00")
    assert days.office_time_between(starts, ends, **hours) == timedelta(hours=4)
    assert days.office_time_between(ends, starts, **hours) == timedelta()
