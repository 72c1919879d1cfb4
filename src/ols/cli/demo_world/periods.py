"""The half-months of the year, and on which days each of them is reported and paid."""

from dataclasses import dataclass
from datetime import date, timedelta

from ols.kernel import days

_MIDDLE = 15
_TO_REPORT = timedelta(days=2)


@dataclass(frozen=True)
class Period:
    """A half-month and its working days: of its report, payment file, transfer and bank statement."""

    first: date
    last: date
    reported_on: date
    prepared_on: date
    executed_on: date
    seen_on: date


def closed_periods(first: date, today: date) -> list[Period]:
    """Return the half-months from the one of the first day to the last whose payments are through by now."""
    found = []
    start = first.replace(day=1 if first.day <= _MIDDLE else _MIDDLE + 1)
    while (period := _period(start)).seen_on < today:
        found.append(period)
        start = period.last + timedelta(days=1)
    return found


def _period(start: date) -> Period:
    """Return the half-month that begins on the day."""
    next_month = days.add_months(start.replace(day=1), 1)
    end = start.replace(day=_MIDDLE) if start.day <= _MIDDLE else next_month - timedelta(days=1)
    reported = end + _TO_REPORT
    while not days.is_working_day(reported):
        reported += timedelta(days=1)
    prepared = days.add_working_days(reported, 1)
    executed = days.add_working_days(prepared, 1)
    return Period(start, end, reported, prepared, executed, days.add_working_days(executed, 1))
