"""What was read from an application's register extract, in words for the operator."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ols.kernel import days
from ols.kernel.actor import Actor
from ols.onboarding.extract_comparison import DATE, ComparedField, GivenReason, Reason, Verdict
from ols.onboarding.extract_readings import extract_reading
from ols.onboarding.states import ExtractOutcome
from ols.web.components.shapes import Tag
from ols.web.operator import comparison

_OUTCOMES = {
    ExtractOutcome.WAITING: Tag(gettext_lazy("being read"), "info", "hourglass"),
    ExtractOutcome.MATCHES: Tag(gettext_lazy("everything agrees"), "ok", "circle-check"),
    ExtractOutcome.DIFFERS: Tag(gettext_lazy("differs"), "bad", "circle-x"),
    ExtractOutcome.DOUBTFUL: Tag(gettext_lazy("doubtful"), "warn", "triangle-alert"),
    ExtractOutcome.UNREADABLE: Tag(
        gettext_lazy("not machine-readable: a person checks it"), "warn", "triangle-alert"
    ),
}
_VERDICTS = {
    Verdict.SAME: Tag(gettext_lazy("agrees"), "ok", "check"),
    Verdict.DIFFERS: Tag(gettext_lazy("differs"), "bad", "circle-x"),
    Verdict.MISSING: Tag(pgettext_lazy("extract", "missing"), "warn", "circle-alert"),
    Verdict.DOUBTFUL: Tag(gettext_lazy("doubtful"), "warn", "triangle-alert"),
}
_DATES = {
    **_VERDICTS,
    Verdict.SAME: Tag(pgettext_lazy("extract", "fresh"), "ok", "check"),
    Verdict.DIFFERS: Tag(pgettext_lazy("extract", "too old"), "warn", "triangle-alert"),
}
_REASONS: dict[str, str | Promise] = {
    Reason.FIELD_DIFFERS: gettext_lazy("%(field)s: the extract says something else."),
    Reason.FIELD_MISSING: gettext_lazy("%(field)s: not everybody gives it."),
    Reason.FIELD_DOUBTFUL: gettext_lazy("%(field)s: the extract gives several values or an impossible one."),
    Reason.EXTRACT_OLD: gettext_lazy("The extract is too old."),
    Reason.EXTRACT_FROM_FUTURE: gettext_lazy("The extract has a date in the future."),
    Reason.NOT_IN_REGISTER: gettext_lazy("The register has no such entity."),
    Reason.STRUCK_OFF: gettext_lazy("The entity has left the register or ended its activity."),
    Reason.REGISTER_OLD: gettext_lazy("The entity was last seen in the register too long ago."),
    Reason.OTHER_EMAIL: gettext_lazy("The e-mail address is not the one in the register."),
    Reason.DUPLICATES: gettext_lazy("There are similar applications."),
    Reason.JOINED: gettext_lazy("A clinic with such numbers already has access."),
    Reason.NO_FACTS: gettext_lazy("The document has no text to compare: it may be a scan."),
    Reason.WRONG_TYPE: gettext_lazy("The document is a picture, not a PDF."),
    Reason.BROKEN: gettext_lazy("The file is damaged."),
    Reason.ENCRYPTED: gettext_lazy("The file is protected by a password."),
    Reason.TOO_COMPLEX: gettext_lazy("The file is too complex to be read safely."),
}


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One field as the three say it; `place` is where the extract does."""

    label: str
    extract: str
    place: str
    register: str
    application: str
    verdict: Tag


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows."""

    outcome: Tag
    is_waiting: bool
    is_automatic: bool
    may_repeat: bool
    read_at: datetime | None
    rows: list[PanelRow]
    reasons: list[str]


def panel(actor: Actor, application_uuid: UUID) -> Panel | None:
    """Return the newest reading in words; None when the application has no extract to read."""
    found = extract_reading(actor, application_uuid=application_uuid)
    if found is None:
        return None
    return Panel(
        outcome=_OUTCOMES[found.outcome],
        is_waiting=found.outcome == ExtractOutcome.WAITING,
        is_automatic=found.is_automatic,
        may_repeat=found.may_repeat,
        read_at=found.read_at,
        rows=[_row(item) for item in found.rows],
        reasons=[_reason(item) for item in found.reasons],
    )


def _row(item: ComparedField) -> PanelRow:
    verdict = Verdict(item.verdict)
    return PanelRow(
        label=_label(item.field),
        extract=_shown(item.field, item.extract),
        place=_place(item),
        register=_shown(item.field, item.register),
        application=_shown(item.field, item.application),
        verdict=(_DATES if item.field == DATE else _VERDICTS)[verdict],
    )


def _label(field: str) -> str:
    return _("Date of the extract") if field == DATE else str(comparison.LABELS.get(field, field))


def _shown(field: str, value: str) -> str:
    """Group numbers; an impossible one of another length stays as it was found."""
    if field == DATE and value:
        return days.format_date(date.fromisoformat(value))
    return comparison.show(field, value)


def _place(item: ComparedField) -> str:
    if not item.label:
        return ""
    if not item.page:
        return _("form field “%(label)s”") % {"label": item.label}
    return _("page %(page)s, line %(line)s") % {"page": item.page, "line": item.line}


def _reason(item: GivenReason) -> str:
    return str(_REASONS.get(item.code, item.code)) % {"field": _label(item.field)}
