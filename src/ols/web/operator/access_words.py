"""Access, people and what happened to them, in words for the operator."""

from collections.abc import Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.accounts.oversight import PersonRow
from ols.accounts.permissions import ROLE_NAMES
from ols.accounts.states import AccessStatus
from ols.audit.selectors import HistoryRow
from ols.web.components import event_words
from ols.web.components.shapes import Tag, TimelineEvent

STATUS_TAGS = {
    AccessStatus.ACTIVE: Tag(pgettext_lazy("access", "active"), "ok", "circle-check"),
    AccessStatus.BLOCKED: Tag(pgettext_lazy("access", "blocked"), "bad", "ban"),
}
_LEFT = Tag(_("works here no more"), "plain", "minus")
_INVITED = Tag(pgettext_lazy("person", "invited"), "info", "mail")
REFUSALS = {
    "faster": _("Somebody was faster: the access is as you wanted it already. Nothing was changed."),
    "own": _("You cannot block yourself. A colleague can."),
    "last": _("The operator has to stay: somebody must be left who can unblock."),
}
_SHOWN = 30


def person_tag(row: PersonRow) -> Tag:
    """Return how the person stands at the organization."""
    if row.status == AccessStatus.BLOCKED:
        return STATUS_TAGS[AccessStatus.BLOCKED]
    if row.has_left:
        return _LEFT
    return STATUS_TAGS[AccessStatus.ACTIVE] if row.has_password else _INVITED


def roles(codes: Sequence[str]) -> list[str]:
    """Return the names of roles."""
    return [_now(ROLE_NAMES[code]) for code in codes]


def timeline(history: Sequence[HistoryRow]) -> list[TimelineEvent]:
    """Return the newest steps, the newest first."""
    return [
        TimelineEvent(event_words.title(row.event), row.at, row.actor_name, row.remark)
        for row in reversed(history[-_SHOWN:])
    ]
