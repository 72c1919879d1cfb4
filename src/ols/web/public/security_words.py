"""What happened to an account, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.audit.selectors import HistoryRow

_WORDS: dict[str, str | Promise] = {
    "user.add_factor": _("A second factor was added"),
    "user.change_password": _("The password was changed"),
    "user.end_session": _("A session was ended"),
    "user.end_sessions": _("Logged out everywhere"),
    "user.lockout": _("Attempts to log in were held up"),
    "user.login": _("Logged in"),
    "user.make_recovery_codes": _("New recovery codes were made"),
    "user.password_link": _("A link to set the password was sent"),
    "user.remove_factor": _("A second factor was removed"),
    "user.reset_factors": _("The second factors were removed by the organization"),
    "user.set_password": _("The password was set by a link"),
    "user.use_recovery_code": _("A recovery code was used"),
}
EVENTS = tuple(_WORDS)


@dataclass(frozen=True)
class EventRow:
    """One line of the log; `detail` is a browser or the name of a passkey."""

    at: datetime
    words: str | Promise
    detail: str
    place: str


def event_rows(history: Iterable[HistoryRow]) -> list[EventRow]:
    """Return the lines of the log."""
    return [
        EventRow(row.at, _WORDS[row.event], _detail(row), row.ip) for row in history if row.event in _WORDS
    ]


def _detail(row: HistoryRow) -> str:
    return str(row.data.get("browser") or row.data.get("name") or "")
