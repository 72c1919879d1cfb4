"""Until when an application is answered, and how far the deadline moves while the applicant completes it."""

from datetime import date, datetime, timedelta

from ols.kernel import days


def due(at: datetime, *, answer_days: int, working: bool) -> datetime:
    """Return the end of the last day to answer what was sent at the moment; DOMAIN rules of deadlines."""
    return _end(days.local_date(at), answer_days, working=working)


def due_after_pause(due_at: datetime, *, returned_at: datetime, at: datetime, working: bool) -> datetime:
    """Return the deadline moved by the pause: as many days are left as on the day of the return.

    What was late before the return stays as late as it was: there is nothing left to give back.
    """
    due_day, returned, now = (days.local_date(moment) for moment in (due_at, returned_at, at))
    if due_day < returned:
        return due_at + (at - returned_at)
    left = _working_days(returned, due_day) if working else (due_day - returned).days
    return max(due_at, _end(now, left, working=working))


def _end(first: date, count: int, *, working: bool) -> datetime:
    if working and count:
        return days.end_of_day(days.add_working_days(first, count))
    return days.end_of_day(days.deadline_calendar_days(first, count))


def _working_days(first: date, last: date) -> int:
    """Count the working days after the first, up to the last."""
    span = (last - first).days
    return sum(days.is_working_day(first + timedelta(days=number)) for number in range(1, span + 1))
