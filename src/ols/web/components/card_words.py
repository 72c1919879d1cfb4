"""What a business card says of hours, languages and access, and a list of distances: in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ols.kernel import closures, days, hours
from ols.kernel.closures import Closure
from ols.web.components.shapes import Tag

WEEKDAYS: Final = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
SHORT_WEEKDAYS: Final = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
ON_WEEKDAYS: Final = (
    _("on Monday"),
    _("on Tuesday"),
    _("on Wednesday"),
    _("on Thursday"),
    _("on Friday"),
    _("on Saturday"),
    _("on Sunday"),
)
WHEELCHAIR: Final[dict[str, str | Promise]] = {
    "yes": _("Accessible by wheelchair"),
    "partly": _("Partly accessible by wheelchair"),
    "no": _("Not accessible by wheelchair"),
}
LANGUAGES: Final[dict[str, str | Promise]] = {
    "en": pgettext_lazy("spoken language", "English"),
    "de": pgettext_lazy("spoken language", "German"),
    "uk": pgettext_lazy("spoken language", "Ukrainian"),
    "ru": pgettext_lazy("spoken language", "Russian"),
    "fr": pgettext_lazy("spoken language", "French"),
    "es": pgettext_lazy("spoken language", "Spanish"),
    "it": pgettext_lazy("spoken language", "Italian"),
    "be": pgettext_lazy("spoken language", "Belarusian"),
    "vi": pgettext_lazy("spoken language", "Vietnamese"),
    "pj": pgettext_lazy("spoken language", "Polish Sign Language"),
}


def week(hours_of_days: hours.Week) -> str:
    """Write a week's hours in one line: Mon–Fri 08:00–18:00, Sat 09:00–13:00."""
    runs = groupby(enumerate(hours.format_day(day) for day in hours_of_days), key=itemgetter(1))
    said = [f"{_run([number for number, _words in run])} {words}" for words, run in runs if words]
    return ", ".join(said) or gettext("no opening hours")


def _run(numbers: list[int]) -> str:
    first, last = str(SHORT_WEEKDAYS[numbers[0]]), str(SHORT_WEEKDAYS[numbers[-1]])
    return first if len(numbers) == 1 else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """A day or several on which a clinic is closed, and why."""

    days: str
    reason: str
    is_today: bool


def closed_days(
    found: Iterable[Closure], *, today: date, until: date | None = None
) -> tuple[ClosedDays, ...]:
    """Return what is not over, the first to come first; only what begins by the day, where one is given."""
    return tuple(
        ClosedDays(_days(row), row.reason, row.first <= today)
        for row in closures.coming(found, on=today)
        if until is None or row.first <= until
    )


def _days(row: Closure) -> str:
    if row.first == row.last:
        return days.format_date(row.first)
    return f"{days.format_date(row.first)}–{days.format_date(row.last)}"


def opening(
    week: hours.Week, at: datetime, *, closed_on_holidays: bool, closed: Sequence[Closure] = ()
) -> Tag | None:
    """Say whether it is open now and what comes next; None where no hours are known."""
    found = hours.opening(week, at, closed_on_holidays=closed_on_holidays, closed=closed)
    if found is None:
        return None
    if found.is_open and found.until is not None:
        words = gettext("open now, until %(time)s") % {"time": hours.format_minute(found.until)}
        return Tag(words, "ok", "clock")
    if found.opens_on is None or found.opens_at is None:
        return Tag(gettext("closed now"), "plain", "clock")
    time = hours.format_minute(found.opens_at)
    return Tag(_next(found.opens_on, time, days.local_date(at)), "plain", "clock")


def _next(day: date, time: str, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return gettext("closed now, opens today at %(time)s") % {"time": time}
    if ahead == 1:
        return gettext("closed now, opens tomorrow at %(time)s") % {"time": time}
    words = gettext("closed now, opens %(day)s at %(time)s")
    on = ON_WEEKDAYS[day.weekday()] if ahead < 7 else days.format_date(day)
    return words % {"day": on, "time": time}


def distance(km: float | None) -> str:
    """Write a distance: 0,4 km, 12 km."""
    if km is None:
        return ""
    if km < 10:
        return f"{km:.1f}".replace(".", pgettext("decimal mark", ".")) + "\u00a0km"
    return f"{km:.0f}\u00a0km"
