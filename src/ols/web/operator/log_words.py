"""Events of the log in words: where their subject is shown, what changed, and as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Final, TypeGuard
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ols.accounts import oversight
from ols.accounts.permissions import PERMISSION_NAMES, ROLE_NAMES, Permission
from ols.audit.log import LogFilters, LogRow
from ols.kernel.actor import Actor
from ols.network.selectors.versions import OPERATORS
from ols.onboarding import asked
from ols.web.components import event_words, exports
from ols.web.components.exports import Column
from ols.web.operator.forms.platform import PlatformForm

MAX_ROWS: Final = 50_000
_BATCH: Final = 1_000
# Where a subject has a page of the operator's, and who may open it.
_PAGES: Final = {
    "application": ("operator:application-detail", Permission.APPLICATION_REVIEW),
    "organization": ("operator:organization-detail", Permission.ORGANIZATION_VIEW),
    "user": ("operator:person-detail", Permission.ORGANIZATION_VIEW),
    "register_import": ("operator:register-import-detail", Permission.REGISTER_IMPORT),
}
# What belongs to the platform. The content of everything else is between organizations: the operator sees
# that it happened, never the words or figures.
_OPEN: Final = frozenset(
    {
        "application", "log", "organization", "platform", "register_alert", "register_import", "terms",
        "terms_acceptance", "terms_draft", "upload", "user",
    }
)  # fmt: skip
_LABELS: Final[dict[str, str | Promise]] = {
    "asked": _("Asked for"),
    "before": _("Before"),
    "browser": _("Browser"),
    "channel": _("Through what"),
    "code": _("Reason"),
    "refusal": _("Reason"),
    "event": _("What happened"),
    "factor": _("Second factor"),
    "file": _("File"),
    "iban": _("Account number"),
    "ip": _("Network address"),
    "kind": _("Kind"),
    "number": _("Number"),
    "office_hours": _("Office hours"),
    "organization": _("Organization"),
    "organization_ids": _("Organizations"),
    "permission": _("Permission"),
    "roles": _("Roles"),
    "sha256": _("Fingerprint (SHA-256)"),
    "since": _("From the day"),
    "subject_kind": _("To what"),
    "subject_uuid": _("Subject"),
    "until": _("To the day"),
    "user_ids": _("People"),
    "valid_from": _("In force from"),
    "virus": _("Name of the virus"),
    "version": _("Version"),
    **{name: field.label or name for name, field in PlatformForm.base_fields.items()},
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact of an event; `before` is empty unless the event keeps what was there."""

    label: str
    before: str
    value: str


def log_url(actor: Actor, **wanted: str) -> str:
    """Return the address of the log narrowed to something; empty for who may not see it."""
    if not actor.has(Permission.AUDIT_VIEW):
        return ""
    return f"{reverse('operator:log-list')}?{urlencode(wanted)}"


def subject_url(actor: Actor, row: LogRow) -> str:
    """Return the page of what the event happened to; empty when there is none for the actor."""
    if row.subject_kind == "platform" and actor.has(Permission.PLATFORM_EDIT):
        return reverse("operator:platform-settings")
    if (
        row.subject_kind == "terms"
        and row.data.get("kind") in OPERATORS
        and actor.has(Permission.TERMS_PUBLISH)
    ):
        return reverse("operator:terms-detail", args=[row.subject_uuid])
    name, permission = _PAGES.get(row.subject_kind, ("", ""))
    return reverse(name, args=[row.subject_uuid]) if name and actor.has(permission) else ""


def is_open(row: LogRow) -> bool:
    """Say whether the operator may read the content of the event."""
    return row.subject_kind in _OPEN


def words(row: LogRow) -> str:
    """Return what the event says beside its title, in the reader's language."""
    is_answer = row.subject_kind == "application"
    return asked.recorded(row.remark, row.data) if is_answer else row.remark


def facts(row: LogRow, names: dict[int, str]) -> list[Changed]:
    """Return the event's data in words, before and after where both are kept."""
    data = dict(row.data) if is_open(row) else {}
    data.pop("remarks", None)  # these are in the words
    earlier = data.pop("before", None) if "roles" in data else None
    found = []
    for name, value in data.items():
        before: object = earlier if name == "roles" else None
        after = value
        if _is_pair(value, row):
            before, after = value
        label = str(_LABELS.get(name, name))
        found.append(Changed(label, _shown(name, before, names), _shown(name, after, names)))
    return found


def wanted(filters: LogFilters) -> dict[str, object]:
    """Return the used filters as the record of looking keeps them: ids and codes."""
    used = {name: value for name, value in asdict(filters).items() if value not in (None, "", False)}
    return {name: value if isinstance(value, bool | tuple) else str(value) for name, value in used.items()}


def organization_ids(rows: Sequence[LogRow]) -> set[int]:
    """Return the organizations that rows name."""
    told = [row.data.get("organization") for row in rows]
    return {number for number in (*told, *(row.organization_id for row in rows)) if isinstance(number, int)}


def sheet(actor: Actor, rows: Iterator[LogRow]) -> exports.Sheet:
    """Return the events for a spreadsheet, row by row."""
    columns = [
        Column(_("Number"), exports.NUMBER),
        Column(_("When"), exports.MOMENT),
        Column(_("What happened")),
        Column(_("To what")),
        Column(_("Subject")),
        Column(_("Who")),
        Column(_("For whom")),
        Column(_("Through what")),
        Column(_("Network address")),
        Column(_("Details")),
    ]
    return exports.Sheet("log", columns, _cells(actor, rows))


def _cells(actor: Actor, rows: Iterator[LogRow]) -> Iterator[Sequence[exports.Cell]]:
    while piece := list(islice(rows, _BATCH)):
        names = oversight.organization_names(actor, ids=organization_ids(piece))
        for row in piece:
            yield (
                row.id,
                row.at,
                str(event_words.title(row.event)),
                str(event_words.subject(row.subject_kind)),
                str(row.subject_uuid),
                row.actor_name,
                names.get(row.organization_id or 0, ""),
                str(event_words.channel(row.channel)),
                row.ip or "",
                "; ".join(_told(item) for item in facts(row, names)),
            )


def _told(item: Changed) -> str:
    return f"{item.label}: {item.before} → {item.value}" if item.before else f"{item.label}: {item.value}"


def _is_pair(value: object, row: LogRow) -> TypeGuard[list[object]]:
    """Say whether the value is what was and what is; changes of settings and data are kept so."""
    keeps_both = row.event.endswith(".change") and row.subject_kind != "user"
    return keeps_both and isinstance(value, list) and len(value) == 2


def _shown(name: str, value: object, names: dict[int, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    if isinstance(value, list | tuple):
        return ", ".join(_shown(name, item, names) for item in value)
    if name in {"organization", "organization_ids"} and isinstance(value, int):
        return names.get(value, str(value))
    return _word(name, str(value))


def _word(name: str, code: str) -> str:
    """Return a code of a known list in words, anything else as it is."""
    if name == "event":
        return str(event_words.title(code))
    if name == "subject_kind":
        return str(event_words.subject(code))
    words = {"roles": ROLE_NAMES, "permission": PERMISSION_NAMES}.get(name, {}).get(code)
    return _now(words) if words else code
