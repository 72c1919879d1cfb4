"""Contracts as rows: which ones an organization may see."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from ols.kernel.actor import Actor
from ols.network import models
from ols.network.states import ContractStatus


@dataclass(frozen=True)
class ContractRow:
    """One contract in a list; `ends_on` is the first day without co-operation, once it is announced."""

    id: int
    uuid: str
    number: str
    insurer_id: int
    insurer_name: str
    provider_id: int
    provider_name: str
    status: str
    starts_on: date | None
    offered_at: datetime | None
    answer_due_at: datetime | None
    decided_at: datetime | None
    ends_on: date | None = None


def visible_contracts(actor: Actor) -> "QuerySet[models.Contract]":
    """Return the contracts the actor's organization may see; drafts are the provider's alone."""
    if actor.organization_id is None:
        return models.Contract.objects.none()
    offered = Q(insurer_id=actor.organization_id) & ~Q(status=ContractStatus.DRAFT)
    return models.Contract.objects.filter(Q(provider_id=actor.organization_id) | offered)


def contract_row(row: models.Contract) -> ContractRow:
    """Translate the table's row."""
    return ContractRow(
        id=row.pk,
        uuid=str(row.uuid),
        number=row.number,
        insurer_id=row.insurer_id,
        insurer_name=row.insurer.name,
        provider_id=row.provider_id,
        provider_name=row.provider.name,
        status=row.status,
        starts_on=row.starts_on,
        offered_at=row.offered_at,
        answer_due_at=row.answer_due_at,
        decided_at=row.decided_at,
        ends_on=row.ends_on,
    )
