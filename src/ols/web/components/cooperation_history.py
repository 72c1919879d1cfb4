"""„Historia współpracy” in words: every step with author, time, remark and what was changed."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ols.audit.selectors import HistoryRow
from ols.catalog import selectors as catalog
from ols.kernel import days
from ols.network import selectors
from ols.network.selectors import ContractDetail
from ols.web.components import event_words, exports
from ols.web.components.exports import Column, Sheet
from ols.web.components.shapes import TimelineEvent

FIELDS: Final = {
    "starts_on": gettext_lazy("Co-operation from"),
    "iban": gettext_lazy("Bank account"),
    "bank_name": gettext_lazy("Bank"),
    "terms_person": gettext_lazy("Person who answers for the terms"),
    "contact_name": gettext_lazy("Contact person"),
    "contact_email": gettext_lazy("E-mail of the contact person"),
    "contact_phone": gettext_lazy("Phone of the contact person"),
}


def timeline(detail: ContractDetail, history: Sequence[HistoryRow]) -> list[TimelineEvent]:
    """Return the steps for `<c-timeline>`, the newest first."""
    names = _names(detail)
    return [
        TimelineEvent(
            title=event_words.title(row.event),
            at=row.at,
            by=_author(detail, row),
            note=row.remark,
            details=_details(row, names),
        )
        for row in reversed(history)
    ]


def sheet(detail: ContractDetail, history: Sequence[HistoryRow]) -> Sheet:
    """Return the steps as a table for a spreadsheet, the oldest first."""
    names = _names(detail)
    columns = [
        Column(_("When"), exports.MOMENT),
        Column(pgettext("history", "Step")),
        Column(_("Details")),
        Column(_("Remarks or reason")),
        Column(pgettext("history", "Author")),
        Column(_("Side")),
    ]
    rows = [
        (
            row.at,
            str(event_words.title(row.event)),
            "; ".join(_details(row, names)),
            row.remark,
            row.actor_name,
            _side(detail, row),
        )
        for row in history
    ]
    return Sheet(detail.row.number.replace("/", "-"), columns, rows)


def _author(detail: ContractDetail, row: HistoryRow) -> str:
    """Name the person and the side, so that namesakes are told apart."""
    sides = {
        detail.row.provider_id: pgettext("side", "clinic"),
        detail.row.insurer_id: pgettext("side", "insurer"),
    }
    side = sides.get(row.organization_id, "") if row.organization_id else ""
    return f"{row.actor_name}, {side}" if side else row.actor_name


def _side(detail: ContractDetail, row: HistoryRow) -> str:
    """Name the organization that acted; the system acts for none."""
    names = {
        detail.row.provider_id: detail.row.provider_name,
        detail.row.insurer_id: detail.row.insurer_name,
    }
    return names.get(row.organization_id, "") if row.organization_id else ""


def _names(detail: ContractDetail) -> Mapping[str, str]:
    """Return the names of areas, documents and accepted terms by their codes."""
    accepted = selectors.acceptances(organization_id=detail.row.provider_id, insurer_id=detail.row.insurer_id)
    return {
        **{f"area {area.code}": area.name for area in catalog.areas()},
        **{f"document {item.code}": item.name for item in detail.documents},
        **{f"terms {item.terms.uuid}": item.terms.title for item in accepted},
    }


def _details(row: HistoryRow, names: Mapping[str, str]) -> list[str]:
    """Say what the step was about, as far as its data tell."""
    data = row.data
    found = [
        _listed(_("Changed: %(names)s."), [str(FIELDS.get(name, name)) for name in _texts(data, "fields")]),
        _listed(
            _("Document: %(names)s."),
            [names.get(f"document {code}", code) for code in _texts(data, "requirement")],
        ),
        _listed(_("Area: %(names)s."), [names.get(f"area {code}", code) for code in _texts(data, "area")]),
        _listed(_("Services: %(names)s."), _texts(data, "services")),
        "; ".join(names.get(f"terms {uuid}", "") for uuid in _texts(data, "terms")),
        _listed(_("Version: %(names)s."), _texts(data, "version")),
        _listed(_("First day without co-operation: %(names)s."), _days(data, "ends_on")),
        _listed(_("Data carried over from: %(names)s."), _texts(data, "earlier")),
        _account(data),
    ]
    return [words for words in found if words]


def _listed(words: str, names: Sequence[str]) -> str:
    """Put names into a sentence; none without names."""
    return words % {"names": ", ".join(names)} if names else ""


def _account(data: Mapping[str, object]) -> str:
    """Say from which account to which; the last digits tell them apart."""
    if "from" not in data or "to" not in data:
        return ""
    return _("Account …%(old)s, new account …%(new)s.") % {"old": data["from"], "new": data["to"]}


def _texts(data: Mapping[str, object], key: str) -> list[str]:
    """Return what stands under the key as texts: one, several or none."""
    value = data.get(key)
    if value is None or value == "":
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _days(data: Mapping[str, object], key: str) -> list[str]:
    """Return the days under the key as people read them."""
    return [days.format_date(days.parse_date(text)) for text in _texts(data, key)]
