"""Days: numbers inside the core, dates in tables, Polish working days and office hours at the edges.

A day number counts from 1970-01-01. Moments are aware datetimes in UTC; what a moment means for people
is computed in Europe/Warsaw.
"""

import calendar
import functools
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

WARSAW = ZoneInfo("Europe/Warsaw")

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_FIRST = re.compile(r"([0-9]{1,2})([.\-/])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FIRST_YEAR = 1850
_LAST_YEAR = 2199
# Two digits: the century in which the year lies at most this far after the pivot year 2000.
_TWO_DIGIT_PIVOT = 50


class DateError(ValueError):
    """The text is no date; `code` is EMPTY, NOT_A_DATE, NO_SUCH_DAY or YEAR_OUT_OF_RANGE."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_day(day: date) -> int:
    """Return the day's number, counted from 1970-01-01."""
    return day.toordinal() - _EPOCH


def from_day(number: int) -> date:
    """Return the date of a day number.

    :raises ValueError: outside the years 1-9999
    """
    return date.fromordinal(number + _EPOCH)


def parse_date(text: str) -> date:
    """Read `d.m.rr` or `d.m.rrrr` (also with - or /) or ISO.

    Two digits mean 1951-2050; a four-digit year before 1850 ("1.1.0026") is refused, never guessed.

    :raises DateError: see its codes
    """
    text = text.strip()
    if not text:
        raise DateError("EMPTY")
    iso = _ISO.fullmatch(text)
    if iso:
        return _date(iso[1], iso[2], iso[3])
    local = _DAY_FIRST.fullmatch(text)
    if local is None:
        raise DateError("NOT_A_DATE")
    return _date(local[4], local[3], local[1])


def format_date(day: date) -> str:
    """Write a date for people: dd.mm.rrrr."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def add_months(day: date, months: int) -> date:
    """Return the same day of another month; where the month has no such day, its last day."""
    year, month_before = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_before + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    """Return the anniversary: 29 February falls on 28 February in other years."""
    return add_months(day, 12 * years)


def age_on(birth: date, day: date) -> int:
    """Return full years; an age is reached at the start of the birthday (28 February for 29 February)."""
    years = day.year - birth.year
    return years if add_years(birth, years) <= day else years - 1


def policy_year(*, cover_start: date, day: date) -> tuple[date, date]:
    """Return first and last day of the policy year that contains the day.

    Years start on the anniversary of the cover's first day.

    :raises ValueError: the day is before the cover
    """
    if day < cover_start:
        raise ValueError(f"{day} is before the cover starts on {cover_start}")
    years = age_on(cover_start, day)
    return add_years(cover_start, years), add_years(cover_start, years + 1) - timedelta(days=1)


def first_covered_day(*, continuous_from: date, days: int = 0, months: int = 0) -> date:
    """Return the first day after a waiting period that began with uninterrupted cover.

    A renewal without a gap keeps the first cover's start, so nothing is waited for twice.
    """
    return add_months(continuous_from, months) + timedelta(days=days)


def is_working_day(day: date) -> bool:
    """Say whether it is Monday to Friday and no public holiday in Poland."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def is_holiday(day: date) -> bool:
    """Say whether it is a public holiday in Poland (Sundays among them only when they are one by name)."""
    return day in _public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the count-th working day after the day, itself not counted (Civil Code art. 111 § 2)."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def deadline_calendar_days(day: date, count: int) -> date:
    """Return day + count, moved to the next working day off Saturdays and holidays (Civil Code art. 115)."""
    return _working_day_from(day + timedelta(days=count))


def deadline_office_hours(moment: datetime, *, opens: time = time(8), closes: time = time(16)) -> datetime:
    """Return the end of the working day (UTC) by which what arrived at the moment (aware) is answered.

    Before closing on a working day it is that day's closing, otherwise the next working day's.

    :raises ValueError: the office closes before it opens
    """
    if closes <= opens:
        raise ValueError(f"closes at {closes}, before it opens at {opens}")
    local = moment.astimezone(WARSAW)
    day = local.date()
    if local.time() >= closes:
        day += timedelta(days=1)
    return datetime.combine(_working_day_from(day), closes, tzinfo=WARSAW).astimezone(UTC)


def office_is_open(moment: datetime, *, opens: time, closes: time) -> bool:
    """Say whether somebody is there at the moment (aware): on working days, from opening until closing."""
    local = moment.astimezone(WARSAW)
    return is_working_day(local.date()) and opens <= local.time() < closes


def office_time_between(start: datetime, end: datetime, *, opens: time, closes: time) -> timedelta:
    """Return how much of the office's time lies between two moments (aware)."""
    day, last = local_date(start), local_date(end)
    found = timedelta()
    while day <= last:
        if is_working_day(day):
            first = max(start, datetime.combine(day, opens, tzinfo=WARSAW))
            until = min(end, datetime.combine(day, closes, tzinfo=WARSAW))
            found += max(until - first, timedelta())
        day += timedelta(days=1)
    return found


def next_office_opening(moment: datetime, *, opens: time) -> datetime:
    """Return when (UTC) the office opens next after the moment."""
    local = moment.astimezone(WARSAW)
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    return datetime.combine(_working_day_from(day), opens, tzinfo=WARSAW).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the last second of the day in Warsaw, in UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=WARSAW).astimezone(UTC)


def local_date(moment: datetime) -> date:
    """Return the date in Warsaw at an aware moment."""
    return moment.astimezone(WARSAW).date()


def _date(year: str, month: str, day: str) -> date:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= _TWO_DIGIT_PIVOT else 1900
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise DateError("YEAR_OUT_OF_RANGE")
    try:
        return date(number, int(month), int(day))
    except ValueError as error:
        raise DateError("NO_SUCH_DAY") from error


def _working_day_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@functools.cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("PL", years=year))
