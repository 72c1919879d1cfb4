"""What imports did to entities of the register, and alerts, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.kernel import days
from ols.registry.selectors import ChangedPart, ChangeRow
from ols.registry.states import AlertStatus, Change
from ols.web.components.shapes import Tag
from ols.web.operator import comparison

KINDS = {
    Change.ADDED: Tag(pgettext_lazy("register", "Added"), "ok", "plus"),
    Change.CHANGED: Tag(pgettext_lazy("register", "Changed"), "info", "pencil"),
    Change.RETURNED: Tag(pgettext_lazy("register", "Back in the register"), "ok", "rotate-ccw"),
    Change.STRUCK_OFF: Tag(pgettext_lazy("register", "Struck off"), "bad", "ban"),
    Change.VANISHED: Tag(pgettext_lazy("register", "Vanished"), "bad", "circle-x"),
}
ALERTS = {
    AlertStatus.OPEN: Tag(pgettext_lazy("register alert", "To be handled"), "bad", "triangle-alert"),
    AlertStatus.HANDLED: Tag(pgettext_lazy("register alert", "Handled"), "info", "check"),
    AlertStatus.RETURNED: Tag(pgettext_lazy("register alert", "Back in the register"), "ok", "rotate-ccw"),
}
_COLUMNS: dict[str, str | Promise] = {
    **comparison.LABELS,
    "registering_body": _("Registering body"),
    "entity_kind": _("Kind of entity"),
    "npwz": "NPWZ",
    "founder_code": _("Code of the founder"),
    "founder_name": _("Founder"),
    "mail_address": _("Address for letters"),
    "teryt": "TERYT",
    "website": _("Website"),
    "active_from": _("Active from"),
    "active_to": _("Active until"),
    "struck_off_on": _("Struck off on"),
    "vanished_on": _("Missing since"),
    "regon14": "REGON",
    "activity_kind": _("Kind of activity"),
    "unit_code": _("Code of the unit"),
    "cell_code": _("Code of the cell"),
    "specialty_code": _("Code of the specialty"),
    "medical_fields": _("Fields of medicine"),
    "function_code": _("Code of the function"),
    "beds": _("Beds"),
    "icu_beds": _("Intensive care beds"),
    "dialysis_stations": _("Dialysis stations"),
    "accreditations": _("Accreditations"),
}
_LEVELS = {"facility": _("Facility"), "unit": _("Unit"), "cell": _("Cell")}


@dataclass(frozen=True, slots=True)
class Difference:
    """One column before and after; `part` names the facility, unit or cell it belongs to."""

    part: str
    label: str
    before: str
    after: str


def differences(row: ChangeRow) -> list[Difference]:
    """Return everything that differs, field by field: of the entity first, then of its parts."""
    found = [
        Difference("", str(_COLUMNS.get(name, name)), _shown(before), _shown(after))
        for name, (before, after) in row.fields.items()
    ]
    return found + [item for part in row.parts for item in _of_part(part)]


def _of_part(part: ChangedPart) -> Sequence[Difference]:
    """Name a part that came or went; list the columns of one that changed."""
    name = (part.after or part.before or {}).get("name", "")
    title = f"{_LEVELS[part.level]} {part.key}"
    if part.before is None or part.after is None:
        return [
            Difference(
                title,
                str(_COLUMNS["name"]),
                _shown(name) if part.before else "",
                _shown(name) if part.after else "",
            )
        ]
    return [
        Difference(title, str(_COLUMNS.get(column, column)), _shown(before), _shown(part.after[column]))
        for column, before in part.before.items()
        if before != part.after[column]
    ]


def _shown(value: object) -> str:
    """Return a value for people: days in their form, nothing as nothing."""
    if value is None:
        return ""
    text = str(value)
    try:
        return days.format_date(date.fromisoformat(text)) if len(text) == 10 and text[4] == "-" else text
    except ValueError:
        return text
