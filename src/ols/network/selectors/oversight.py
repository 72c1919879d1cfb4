"""What the operator sees of an organization's way through the stages: how far, never at which prices."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import TermsKind
from ols.network.selectors import acceptance
from ols.network.states import ContractStatus


@dataclass(frozen=True)
class AcceptedTerms:
    """The newest version of a text that an organization accepted; `is_current`: it is the one in force."""

    version: str
    at: datetime
    by: str
    is_current: bool


@dataclass(frozen=True)
class CooperationRow:
    """One co-operation with another organization; drafts are left out, they are the clinic's alone."""

    partner_name: str
    number: str
    status: str
    starts_on: date | None


def accepted_terms(actor: Actor, *, organization_id: int, kind: str, on: date) -> AcceptedTerms | None:
    """Return what the organization accepted last of the operator's texts of a kind."""
    actor.require(Permission.ORGANIZATION_VIEW)
    rows = models.TermsAcceptance.objects.filter(organization_id=organization_id, terms__kind=kind)
    last = rows.select_related("terms").order_by("-terms__valid_from", "-at").first()
    if last is None:
        return None
    current = acceptance.current_terms(kind=TermsKind(kind), on=on)
    return AcceptedTerms(
        last.terms.version, last.at, last.user_name, current is not None and current.id == last.terms_id
    )


def cooperation(actor: Actor, *, organization_id: int) -> list[CooperationRow]:
    """Return with whom the organization co-operates and where each co-operation stands."""
    actor.require(Permission.ORGANIZATION_VIEW)
    rows = models.Contract.objects.filter(
        Q(provider_id=organization_id) | Q(insurer_id=organization_id)
    ).exclude(status=ContractStatus.DRAFT)
    return [
        CooperationRow(
            row.insurer.name if row.provider_id == organization_id else row.provider.name,
            row.number,
            row.status,
            row.starts_on,
        )
        for row in rows.select_related("insurer", "provider").order_by("-id")[:200]
    ]
