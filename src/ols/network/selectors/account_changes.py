"""Reading changes of accounts: the clinic sees its own, the insurer those of its network."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors.contract_rows import ContractRow, contract_row, visible_contracts
from ols.network.states import AccountChangeStatus


@dataclass(frozen=True)
class AccountChangeRow:
    """One change with what the actor may do about it; accounts are `PL` + 26 digits."""

    uuid: str
    contract: ContractRow
    status: str
    old_iban: str
    iban: str
    bank_name: str
    reason: str
    remark: str
    confirmed_by: str
    requested_by: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    may_confirm: bool
    may_refuse: bool
    may_withdraw: bool


def account_changes(actor: Actor, *, contract_uuid: str) -> list[AccountChangeRow]:
    """Return every change of the contract's account, the newest first."""
    rows = _visible(actor).filter(contract__uuid=contract_uuid).order_by("-id")
    return [_row(actor, row) for row in rows]


def account_changes_waiting(actor: Actor) -> list[AccountChangeRow]:
    """Return the changes that wait for somebody, the oldest first: for the insurer's queue of offers."""
    rows = _visible(actor).filter(status=AccountChangeStatus.WAITING).order_by("id")
    return [_row(actor, row) for row in rows]


def account_change(actor: Actor, *, uuid: str) -> AccountChangeRow:
    """Return one change.

    :raises ols.db.errors.NotFound: no such change for this organization
    """
    row = _visible(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return _row(actor, row)


def has_second_person(*, provider_id: int, but: int) -> bool:
    """Say whether the clinic has somebody else who may confirm a change of its account."""
    holders = accounts.member_ids(organization_id=provider_id, permission=Permission.ACCOUNT_CHANGE)
    return bool(set(holders) - {but})


def may_confirm(actor: Actor, row: models.AccountChange) -> bool:
    """Say whether the actor is the second pair of eyes.

    The insurer confirms what nobody else at the clinic can, also when that person has left meanwhile. A
    colleague taken on later does not count where the insurer was asked.
    """
    if row.status != AccountChangeStatus.WAITING or row.requested_by_id == actor.user_id:
        return False
    if actor.organization_kind == "provider":
        return row.confirmed_by == "provider" and actor.has(Permission.ACCOUNT_CHANGE)
    is_ours = row.confirmed_by == "insurer" or not has_second_person(
        provider_id=row.contract.provider_id, but=row.requested_by_id
    )
    return is_ours and actor.has(Permission.CONTRACT_REVIEW)


def _visible(actor: Actor) -> "QuerySet[models.AccountChange]":
    """Return the changes of the contracts that the actor's organization may see."""
    found = models.AccountChange.objects.filter(contract__in=visible_contracts(actor))
    return found.select_related("contract__insurer", "contract__provider", "requested_by", "decided_by")


def _row(actor: Actor, row: models.AccountChange) -> AccountChangeRow:
    """Translate the table's row, seen with the actor's eyes."""
    waits = row.status == AccountChangeStatus.WAITING
    is_own = row.requested_by_id == actor.user_id
    may_decide = actor.has(Permission.ACCOUNT_CHANGE) or actor.has(Permission.CONTRACT_REVIEW)
    return AccountChangeRow(
        uuid=str(row.uuid),
        contract=contract_row(row.contract),
        status=row.status,
        old_iban=row.old_iban,
        iban=row.iban,
        bank_name=row.bank_name,
        reason=row.reason,
        remark=row.remark,
        confirmed_by=row.confirmed_by,
        requested_by=row.requested_by.name,
        requested_at=row.requested_at,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        may_confirm=may_confirm(actor, row),
        may_refuse=waits and not is_own and may_decide,
        may_withdraw=waits and is_own and actor.has(Permission.ACCOUNT_CHANGE),
    )
