"""What the pages of terms show a clinic: what a new version changes, until when, and how it is accepted."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import selectors
from ols.network.selectors import TermsDue, TermsKind, TermsRow, TermsStanding
from ols.network.states import ContractStatus
from ols.web.components.shapes import Tag
from ols.web.components.terms import clauses, words

WAITING = Tag(_("To be accepted"), "info", "clock")
SUSPENDED = Tag(_("Suspended"), "bad", "triangle-alert")
_UNFINISHED = (ContractStatus.DRAFT, ContractStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class DueText:
    """A text to be accepted anew, in words."""

    row: TermsDue
    name: str | Promise
    owner: str
    tag: Tag
    effect: str | Promise


def due_texts(actor: Actor) -> list[DueText]:
    """Return what the clinic has to accept anew, the most urgent first."""
    return [_due_text(row) for row in selectors.terms_due(actor, on=timezone.localdate())]


def due_of(actor: Actor, terms: TermsRow) -> DueText | None:
    """Return what is due of one text, if anything is."""
    scope = (terms.kind, terms.insurer_id, terms.area_id)
    for found in due_texts(actor):
        if scope == (found.row.kind, found.row.insurer_id, found.row.area_id):
            return found
    return None


def changes(due: DueText | None, terms: TermsRow) -> dict[str, object]:
    """Return what the version changes against the one the clinic accepted; empty when it accepted none."""
    if due is None or due.row.accepted.valid_from >= terms.valid_from:
        return {}
    old = selectors.terms(uuid=str(due.row.accepted.uuid))
    found = clauses.compare(old.body, terms.body)
    return {
        "old": old,
        "clauses": found,
        "differing": [clause for clause in found if clause.kind != clauses.SAME],
    }


def is_acceptable(actor: Actor, terms: TermsRow, standing: TermsStanding, due: DueText | None) -> bool:
    """Say whether the page offers acceptance: the first time general terms are accepted with „Przystąp”."""
    if standing.accepted_at is not None or not actor.has(Permission.TERMS_ACCEPT):
        return False
    current = selectors.current_terms(
        kind=terms.kind, insurer_id=terms.insurer_id, area_id=terms.area_id, on=timezone.localdate()
    )
    if current is not None and terms.valid_from < current.valid_from:
        return False
    return due is not None or terms.kind in {TermsKind.INSURANCE_SERVICE, TermsKind.THEMATIC}


def signers(actor: Actor) -> list[str]:
    """Return who accepts terms for the clinic, for those who may not."""
    if actor.has(Permission.TERMS_ACCEPT):
        return []
    return accounts.member_names(organization_id=actor.organization(), permission=Permission.TERMS_ACCEPT)


def next_url(actor: Actor, terms: TermsRow, *, is_renewal: bool) -> str:
    """Return where the way goes on: to the offer being made, to what else is due, or to the area's prices."""
    contract = selectors.open_contract(actor, insurer_id=terms.insurer_id) if terms.insurer_id else None
    if is_renewal:
        if contract is not None and contract.status in _UNFINISHED:
            return reverse("provider:contract-send", args=[contract.uuid])
        return reverse("provider:terms-list")
    if terms.area_id is None or contract is None:
        return reverse("provider:insurer-list")
    codes = {area.id: area.code for area in catalog.areas()}
    return reverse("provider:pricelist-edit", args=[contract.uuid, codes[terms.area_id]])


def back_url(actor: Actor, terms: TermsRow, due: DueText | None) -> str:
    """Return where the reader came from."""
    if due is not None:
        return reverse("provider:terms-list")
    if terms.insurer_id is None:
        return reverse("provider:service-show")
    contract = selectors.open_contract(actor, insurer_id=terms.insurer_id)
    if terms.kind == TermsKind.THEMATIC and contract is not None:
        return reverse("provider:contract-areas", args=[contract.uuid])
    insurer = accounts.organization(organization_id=terms.insurer_id)
    return reverse(f"provider:insurer-{'show' if contract else 'join'}", args=[insurer.uuid])


def _due_text(row: TermsDue) -> DueText:
    """Say what is due, and what depends on it."""
    day = days.format_date(row.accept_by) if row.accept_by else ""
    if row.kind == TermsKind.THEMATIC:
        what: str | Promise = format_lazy(_("the area “{area}”"), area=row.area_name)
    elif row.kind == TermsKind.GENERAL:
        what = _("the co-operation with this insurer")
    else:
        what = _("the co-operation with every insurer")
    said = (
        _("Suspended since {day} passed: {what}. It works again as soon as you accept.")
        if row.is_suspended
        else _("Without acceptance by {day} this is suspended: {what}.")
    )
    return DueText(
        row=row,
        name=words.name(row.kind, row.area_name),
        owner=row.insurer_name or "System OLS",
        tag=SUSPENDED if row.is_suspended else WAITING,
        effect=format_lazy(said, day=day, what=what),
    )
