"""How much time an application leaves to the operator, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.kernel import days
from ols.onboarding.states import ApplicationStatus
from ols.web.components.shapes import Tag

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """A tag with the words and, beside it, the exact moment; an answered application has no words."""

    tag: Tag | None
    due_at: datetime


def time_left(*, status: str, due_at: datetime, at: datetime) -> TimeLeft:
    """Say it as people do: days, then hours, then minutes; a clock that stands says so."""
    if status == ApplicationStatus.RETURNED:
        return TimeLeft(Tag(_("the time stands"), "", "hourglass"), due_at)
    if status != ApplicationStatus.SUBMITTED:
        return TimeLeft(None, due_at)
    if due_at < at:
        return TimeLeft(Tag(_late(at - due_at), "bad", "triangle-alert"), due_at)
    soon = days.local_date(due_at) == days.local_date(at)
    return TimeLeft(Tag(_left(due_at - at), "warn" if soon else "info", "clock"), due_at)


def _left(span: timedelta) -> str:
    if span >= _DAY:
        return ngettext("%(count)s day left", "%(count)s days left", span // _DAY) % {"count": span // _DAY}
    if span >= _HOUR:
        return ngettext("%(count)s h left", "%(count)s h left", span // _HOUR) % {"count": span // _HOUR}
    count = max(1, span // _MINUTE)
    return ngettext("%(count)s min left", "%(count)s min left", count) % {"count": count}


def _late(span: timedelta) -> str:
    if span >= _DAY:
        return ngettext("overdue by %(count)s day", "overdue by %(count)s days", span // _DAY) % {
            "count": span // _DAY
        }
    if span >= _HOUR:
        return _("overdue by %(count)s h") % {"count": span // _HOUR}
    return _("overdue by %(count)s min") % {"count": max(1, span // _MINUTE)}
