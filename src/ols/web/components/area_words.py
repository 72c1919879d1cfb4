"""How an area stands in words: announced, open, closed for new price lists; the same for both sides."""

from datetime import date

from django.utils.translation import gettext as _

from ols.kernel import days
from ols.network.area_days import AreaDays
from ols.web.components.shapes import Tag


def closing(area: AreaDays, *, on: date) -> Tag | None:
    """Return the tag of an area that is closed for new price lists, or will be; None: neither."""
    if area.is_closed(on):
        return Tag(closed_since(area), "warn", "lock")
    if area.closes_later(on):
        return Tag(
            _("Closes for new price lists on %(day)s") % {"day": _day(area.closes_on)}, "warn", "calendar"
        )
    return None


def closed_since(area: AreaDays) -> str:
    """Say since when an area is closed, and when it opens again where that is known."""
    words = _("Closed for new price lists since %(day)s") % {"day": _day(area.closes_on)}
    if area.reopens_on is None:
        return words
    return _("%(closed)s, opens again on %(day)s") % {"closed": words, "day": _day(area.reopens_on)}


def why_unsent(area: AreaDays) -> str:
    """Tell a clinic why its draft cannot be sent, and until when."""
    since = {"day": _day(area.closes_on)}
    words = _("The insurer takes no new price lists in this area since %(day)s. Your draft is kept.") % since
    if area.reopens_on is None:
        return f"{words} {_('We write to you when the area opens again.')}"
    again = _("You can send it from %(day)s on.") % {"day": _day(area.reopens_on)}
    return f"{words} {again}"


def _day(day: date | None) -> str:
    return days.format_date(day) if day else ""
