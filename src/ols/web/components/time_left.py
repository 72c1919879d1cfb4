"""How much time there is until a deadline, in words, the same at every desk."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.kernel import days
from ols.web.components.shapes import Tag

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)


def tag(due_at: datetime, *, at: datetime) -> Tag:
    """Say it as people do: days, then hours, then minutes; what is late is marked."""
    if due_at < at:
        return Tag(_late(at - due_at), "bad", "triangle-alert")
    soon = days.local_date(due_at) == days.local_date(at)
    return Tag(_left(due_at - at), "warn" if soon else "info", "clock")


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
