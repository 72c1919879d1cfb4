"""Opening hours: what people type for a day, minutes of a week, and whether somebody is there now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from ols.kernel import days
from ols.kernel.closures import Closure, closed_on

DAY: Final = 24 * 60
WEEK: Final = 7 * DAY
# Minutes of a day, half-open; the end may be 24:00.
Span = tuple[int, int]
# Seven days, Monday first.
Week = tuple[tuple[Span, ...], ...]
NEVER: Final[Week] = ((),) * 7
_MOST_SPANS: Final = 4
# A place closed for longer says only that it is closed.
_AHEAD: Final = 120
_SPAN: Final = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|do|to)\s*(\d{1,2})(?:[:.](\d{2}))?", re.ASCII
)


class HoursError(ValueError):
    """A day's hours cannot be read: NOT_HOURS, ENDS_EARLY, OVERLAP or TOO_MANY."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether it is open at a moment; until when (minutes of the day), or when it opens next."""

    is_open: bool
    until: int | None = None
    opens_on: date | None = None
    opens_at: int | None = None


def parse_day(text: str) -> tuple[Span, ...]:
    """Read "8-13, 14:30-18": nothing means closed.

    :raises HoursError: see its codes
    """
    parts = [part.strip() for part in re.split(r"[,;]|\bi\b|\band\b", text) if part.strip()]
    if len(parts) > _MOST_SPANS:
        raise HoursError("TOO_MANY")
    spans = sorted(_span(part) for part in parts)
    if any(second[0] < first[1] for first, second in pairwise(spans)):
        raise HoursError("OVERLAP")
    return tuple(spans)


def format_day(spans: tuple[Span, ...]) -> str:
    """Write a day's hours: "08:00–13:00, 14:30–18:00"; nothing for a closed day."""
    return ", ".join(f"{format_minute(start)}–{format_minute(end)}" for start, end in spans)


def format_minute(minute: int) -> str:
    """Write a minute of the day as a clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def to_minutes(week: Week) -> tuple[list[int], list[int]]:
    """Return beginnings and ends as minutes of the week, in pairs and in order."""
    spans = [(day * DAY + a, day * DAY + b) for day, found in enumerate(week) for a, b in sorted(found)]
    return [start for start, _ in spans], [end for _, end in spans]


def from_minutes(starts: list[int], ends: list[int]) -> Week:
    """Return the week that `to_minutes` took apart."""
    found: list[list[Span]] = [[] for _ in range(7)]
    for start, end in zip(starts, ends, strict=True):
        day = start // DAY
        found[day].append((start - day * DAY, end - day * DAY))
    return tuple(tuple(spans) for spans in found)


def minute_of_week(moment: datetime) -> int:
    """Return the minute of the week in Warsaw at an aware moment."""
    local = moment.astimezone(days.WARSAW)
    return local.weekday() * DAY + local.hour * 60 + local.minute


def opening(
    week: Week, moment: datetime, *, closed_on_holidays: bool, closed: Sequence[Closure] = ()
) -> Opening | None:
    """Say whether it is open at the moment (aware), and what comes next; None without any hours."""
    if not any(week):
        return None
    local = moment.astimezone(days.WARSAW)
    minute = local.hour * 60 + local.minute
    for ahead in range(_AHEAD):
        day = local.date() + timedelta(days=ahead)
        if (closed_on_holidays and days.is_holiday(day)) or closed_on(closed, day):
            continue
        for start, end in week[day.weekday()]:
            if not ahead and start <= minute < end:
                return Opening(is_open=True, until=end)
            if ahead or start > minute:
                return Opening(is_open=False, opens_on=day, opens_at=start)
    return Opening(is_open=False)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise HoursError("NOT_HOURS")
    start = _minute(found[1], found[2])
    end = _minute(found[3], found[4])
    if end == 0:
        end = DAY
    if start >= end:
        raise HoursError("ENDS_EARLY")
    return start, end


def _minute(hour: str, minute: str | None) -> int:
    number = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > time.max.minute or number > DAY:
        raise HoursError("NOT_HOURS")
    return number
