"""The consultant of the platform: phone and hours in force, and whether somebody is there now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.kernel import days, identifiers
from ols.onboarding.selectors import PlatformSettings

_WEEKDAYS = (
    gettext_lazy("on Monday"),
    gettext_lazy("on Tuesday"),
    gettext_lazy("on Wednesday"),
    gettext_lazy("on Thursday"),
    gettext_lazy("on Friday"),
)


@dataclass(frozen=True, slots=True)
class Consultant:
    """What a page shows: the phone for people and for a link, the hours, and a sentence about now."""

    phone: str
    phone_link: str
    hours: str
    is_there: bool
    now: str


def consultant(platform: PlatformSettings, *, at: datetime) -> Consultant:
    """Return what to say at the moment, by the calendar of working days."""
    opens, closes = platform.consultant_opens, platform.consultant_closes
    is_there = days.office_is_open(at, opens=opens, closes=closes)
    return Consultant(
        phone=identifiers.format_phone(platform.consultant_phone),
        phone_link=f"tel:{platform.consultant_phone}",
        hours=f"{opens:%H:%M}-{closes:%H:%M}",
        is_there=is_there,
        now=_there(platform) if is_there else _away(platform, at),
    )


def _there(platform: PlatformSettings) -> str:
    return _("There now, until %(time)s.") % {"time": f"{platform.consultant_closes:%H:%M}"}


def _away(platform: PlatformSettings, at: datetime) -> str:
    opening = days.next_office_opening(at, opens=platform.consultant_opens).astimezone(days.WARSAW)
    time = f"{opening:%H:%M}"
    if opening.date() == days.local_date(at):
        return _("Nobody answers now. There today from %(time)s.") % {"time": time}
    day = f"{_WEEKDAYS[opening.weekday()]} {days.format_date(opening.date())}"
    return _("Nobody answers now. There next: %(day)s, from %(time)s.") % {"day": day, "time": time}
