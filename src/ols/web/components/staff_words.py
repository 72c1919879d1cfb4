"""People of an organization in words: where an invitation stands, what was changed, the spreadsheet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.people import Invitation, RequestRow, StaffEvent, StaffRow
from ols.accounts.permissions import PERMISSION_NAMES, ROLE_NAMES
from ols.kernel import days
from ols.web.components import exports
from ols.web.components.exports import Column
from ols.web.components.shapes import Tag, TimelineEvent
from ols.web.components.staff_forms import STATES

TAGS = {
    Invitation.USED: Tag(STATES[Invitation.USED], "ok", "circle-check"),
    Invitation.SENT: Tag(STATES[Invitation.SENT], "info", "clock"),
    Invitation.EXPIRED: Tag(STATES[Invitation.EXPIRED], "warn", "triangle-alert"),
}
EVENTS = {
    "membership.grant": gettext_lazy("%(person)s: access given"),
    "membership.change": gettext_lazy("%(person)s: permissions changed"),
    "membership.remove": gettext_lazy("%(person)s: removed from staff"),
    "membership.invite_again": gettext_lazy("%(person)s: invitation sent again"),
    "membership.withdraw": gettext_lazy("%(person)s: invitation withdrawn"),
    "access.request": gettext_lazy("%(person)s: asks for access"),
    "access.grant": gettext_lazy("%(person)s: request for access granted"),
    "access.decline": gettext_lazy("%(person)s: request for access declined"),
}


def role_names(roles: Iterable[str]) -> list[str]:
    """Return the roles in words; one that is no longer given keeps its code."""
    return [_(ROLE_NAMES[role]) if role in ROLE_NAMES else role for role in roles]


def events(rows: Iterable[StaffEvent]) -> list[TimelineEvent]:
    """Return the changes as a history."""
    return [
        TimelineEvent(EVENTS[row.event] % {"person": row.person}, row.at, row.by, _note(row))
        for row in rows
        if row.event in EVENTS
    ]


def requests(rows: Iterable[RequestRow]) -> list[dict[str, object]]:
    """Return the open requests with their permission and the roles that give it in words."""
    return [
        {
            "row": row,
            "permission": _(PERMISSION_NAMES[row.permission]),
            "choices": list(zip(row.roles, role_names(row.roles), strict=True)),
        }
        for row in rows
    ]


def sheet(rows: Iterable[StaffRow]) -> exports.Sheet:
    """Return the people for a spreadsheet."""
    columns = [
        Column(_("First name and surname")),
        Column(_("E-mail")),
        Column(_("What they may do")),
        Column(_("Status")),
        Column(_("Last here"), exports.DAY),
        Column(_("Second factor")),
    ]
    return exports.Sheet("staff", columns, [_cells(row) for row in rows])


def _cells(row: StaffRow) -> tuple[exports.Cell, ...]:
    entered = days.local_date(row.entered_at) if row.entered_at else None
    names = ", ".join(role_names(row.roles))
    factor = _("on") if row.has_factor else _("off")
    return (row.name, row.email, names, str(STATES[row.invitation]), entered, factor)


def _note(row: StaffEvent) -> str:
    """Say what exactly was changed."""
    if row.permission:
        return _(PERMISSION_NAMES.get(row.permission, row.permission))
    now, before = ", ".join(role_names(row.roles)), ", ".join(role_names(row.before))
    if now and before:
        return _("Before: %(before)s. Now: %(now)s.") % {"before": before, "now": now}
    return now or before
