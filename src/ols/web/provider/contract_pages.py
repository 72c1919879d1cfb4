"""What every page of a co-operation shows: its head, its tabs, its facts."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ols.accounts.permissions import Permission
from ols.kernel import days, identifiers
from ols.kernel.actor import Actor
from ols.network import selectors
from ols.network.selectors.standing import VersionRef
from ols.network.states import ContractStatus
from ols.web.components import cooperation_status, document_words, highlight_words
from ols.web.components.shapes import SummaryRow, Tab, Tag
from ols.web.provider import remarks

EDITABLE = (ContractStatus.DRAFT, ContractStatus.RETURNED)
LASTING = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED)


def is_editable(detail: selectors.ContractDetail) -> bool:
    """Say whether the offer can still be changed."""
    return detail.row.status in EDITABLE


def is_accepted(detail: selectors.ContractDetail) -> bool:
    """Say whether the insurer accepted it: then account and contact are changed one by one."""
    return detail.row.status in {*LASTING, ContractStatus.ENDED}


def frame(detail: selectors.ContractDetail, current: str) -> dict[str, object]:
    """Return the context shared by all tabs of a contract; `current` is the tab's url name."""
    return {
        "detail": detail,
        "panel": cooperation_status.panel(detail.standing, today=days.local_date(timezone.now())),
        "tabs": _tabs(detail, current),
        "is_editable": is_editable(detail),
        "remarks": remarks.lines(detail),
    }


def _tabs(detail: selectors.ContractDetail, current: str) -> list[Tab]:
    """Return the tabs; terms and prices open when the insurer has accepted the offer."""
    names = [
        ("contract-parameters", _("Parameters"), Permission.CONTRACT_OFFER),
        ("contract-documents", _("Required documents"), Permission.CONTRACT_OFFER),
        ("contract-send", _("Send the offer of co-operation"), Permission.CONTRACT_OFFER),
        ("contract-history", _("History of co-operation"), Permission.FACILITY_VIEW),
        ("contract-areas", pgettext("tab", "Terms"), Permission.FACILITY_VIEW),
        ("pricelist-list", _("Price list of services"), Permission.FACILITY_VIEW),
    ]
    closed = () if detail.row.status in LASTING else ("contract-areas", "pricelist-list")
    return [
        Tab(label, "" if name in closed else _address(name, detail), name == current, permission)
        for name, label, permission in names
    ]


def _address(name: str, detail: selectors.ContractDetail) -> str:
    return reverse(f"provider:{name}", args=[detail.row.uuid])


def badge(found: selectors.AreaHighlight) -> Tag:
    """Return how the clinic stands in an area, as a tag."""
    return highlight_words.tag(is_highlighted=found.is_highlighted, compared=found.standing.compared)


def badges(actor: Actor, detail: selectors.ContractDetail, *, on: date) -> list[dict[str, object]]:
    """Return how the clinic stands in each area with prices, for `provider/highlight/_areas.html`."""
    return [
        {
            "found": row,
            "tag": badge(row),
            "distance": highlight_words.distance(row.standing.over, row.standing.worst_gr),
        }
        for row in selectors.highlights(actor, contract_uuid=detail.row.uuid, on=on)
    ]


def outdated(actor: Actor, detail: selectors.ContractDetail) -> VersionRef | None:
    """Return the general terms to accept before an offer can be sent: newer ones came into force."""
    if detail.row.status not in EDITABLE:
        return None
    today = days.local_date(timezone.now())
    return selectors.outdated_terms(actor, insurer_id=detail.row.insurer_id, on=today)


def parameter_rows(detail: selectors.ContractDetail, *, can_change: bool) -> list[SummaryRow]:
    """Return the parameters as a check-your-answers list."""
    change = reverse("provider:contract-parameters", args=[detail.row.uuid]) if can_change else ""
    phone = identifiers.format_phone(detail.contact_phone) if detail.contact_phone else ""
    account = identifiers.format_nrb(detail.iban).removeprefix("PL") if detail.iban else ""
    return [
        SummaryRow(
            _("Co-operation from"),
            days.format_date(detail.row.starts_on) if detail.row.starts_on else "",
            change,
        ),
        SummaryRow(_("Bank account"), account, change),
        SummaryRow(_("Bank"), detail.bank_name, ""),
        SummaryRow(_("Person who answers for the terms"), detail.terms_person or detail.contact_name, change),
        SummaryRow(_("Contact person"), detail.contact_name, change),
        SummaryRow(_("E-mail of the contact person"), detail.contact_email, change),
        SummaryRow(_("Phone of the contact person"), phone, change),
    ]


def document_rows(detail: selectors.ContractDetail, *, can_change: bool) -> list[SummaryRow]:
    """Return the documents as a check-your-answers list."""
    change = reverse("provider:contract-documents", args=[detail.row.uuid]) if can_change else ""
    return [
        SummaryRow(item.name, ", ".join(file.file_name for file in item.files), change)
        for item in detail.documents
    ]


def missing_words(detail: selectors.ContractDetail, missing: Sequence[str]) -> list[str]:
    """Return in words what an offer lacks."""
    wanted = {item.code: item for item in detail.documents}
    return [
        _("Fill in the parameters.") if code == selectors.PARAMETERS else _lacking(wanted[code])
        for code in missing
    ]


def _lacking(wanted: selectors.RequiredDocument) -> str:
    """Say what is wrong with a kind of document."""
    if not wanted.problem:
        return _("Add the document: %(name)s.") % {"name": wanted.name}
    problem = document_words.PROBLEMS[wanted.problem]
    return _("%(name)s: %(problem)s") % {"name": wanted.name, "problem": problem}
