"""How the statuses of an access application are called and coloured, the same for every role."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.catalog import selectors as catalog
from ols.onboarding.states import ApplicationStatus
from ols.web.components.shapes import Tag

_STATUSES = {
    ApplicationStatus.SUBMITTED: Tag(_("Waits for a decision"), "info", "hourglass"),
    ApplicationStatus.RETURNED: Tag(_("To be completed"), "warn", "undo-2"),
    ApplicationStatus.APPROVED: Tag(pgettext_lazy("access application", "Approved"), "ok", "circle-check"),
    ApplicationStatus.REJECTED: Tag(pgettext_lazy("access application", "Rejected"), "bad", "circle-x"),
    "joined": Tag(_("Has access"), "ok", "building-2"),
}
_EVENTS = {
    "application.submit": _("Application sent"),
    "application.resubmit": _("Application sent again, corrected"),
    "application.approve": _("Application approved"),
    "application.return": _("Returned for completion"),
    "application.reject": _("Application rejected"),
    "application.alarm": _("The operators were told that it is late"),
    "application.remind": _("The operators were told that the deadline is near"),
    "application.extract": _("Register extract read"),
    "application.read_extract": _("Register extract to be read again"),
}


def status(value: str) -> Tag:
    """Return the words for a status."""
    return _STATUSES[value]


def event(value: str, *, is_automatic: bool = False) -> str | Promise:
    """Return the title of a step of the history."""
    if value == "application.approve" and is_automatic:
        return _("Application approved without a person")
    return _EVENTS.get(value, value)


def areas(codes: Collection[str]) -> list[str]:
    """Return the names of the kinds of service, in the product's order."""
    return [area.name for area in catalog.areas() if area.code in codes]
