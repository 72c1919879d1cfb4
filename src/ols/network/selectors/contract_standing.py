"""„Status współpracy”: where a co-operation stands, for the side that looks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.network import asked, models
from ols.network.selectors.account_changes import AccountChangeRow, account_changes
from ols.network.selectors.contract_rows import ContractRow, contract_row
from ols.network.states import CONTRACT, AccountChangeStatus, ContractStatus

CLOSED: Final = (ContractStatus.REJECTED, ContractStatus.ENDED)


@dataclass(frozen=True)
class ContractStanding:
    """What the status says, who moved it, and what the actor may do now.

    `side` is whose eyes look: provider or insurer. `last_day` is known once an end is announced by
    `notice_side`. `change` is the change of the account that waits. `anew` is the insurer's uuid when the
    actor may begin again what was rejected or has ended.
    """

    row: ContractRow
    side: str
    remark: str
    suspended_at: datetime | None
    last_day: date | None
    notice_side: str
    notice_at: datetime | None
    notice_reason: str
    change: AccountChangeRow | None
    actions: frozenset[str]
    anew: str


def contract_standing(actor: Actor, *, row: models.Contract) -> ContractStanding:
    """Return where a co-operation that the actor may see stands."""
    changes = account_changes(actor, contract_uuid=str(row.uuid))
    side = "provider" if row.provider_id == actor.organization_id else "insurer"
    return ContractStanding(
        row=contract_row(row),
        side=side,
        remark=remark_of(row),
        suspended_at=row.suspended_at,
        last_day=row.ends_on - timedelta(days=1) if row.ends_on else None,
        notice_side=row.notice_side,
        notice_at=row.notice_at,
        notice_reason=row.notice_reason,
        change=next((item for item in changes if item.status == AccountChangeStatus.WAITING), None),
        actions=_actions(row, actor),
        anew=_anew(row, actor),
    )


def last_closed_contract(actor: Actor, *, insurer_id: int) -> ContractStanding | None:
    """Return the provider's last rejected or ended co-operation with the insurer: it can be begun anew."""
    row = (
        models.Contract.objects.filter(
            provider_id=actor.organization_id,
            insurer_id=insurer_id,
            status__in=CLOSED,
        )
        .select_related("insurer", "provider")
        .order_by("-pk")
        .first()
    )
    return contract_standing(actor, row=row) if row else None


def remark_of(row: models.Contract) -> str:
    """Return why it stands as it does: what a person wrote, or a reason of the system in words."""
    return row.remark or asked.system_reason(row.remark_code)


def _actions(row: models.Contract, actor: Actor) -> frozenset[str]:
    """Return the machine's steps that make sense: notice is given once, and taken back by who gave it."""
    found = set(CONTRACT.actions_from(row.status, actor))
    if row.ends_on is not None:
        found -= {"give_notice", "terminate"}
    if row.notice_side != "provider":
        found.discard("withdraw_notice")
    if row.notice_side != "insurer":
        found.discard("cancel_termination")
    return frozenset(found)


def _anew(row: models.Contract, actor: Actor) -> str:
    """Return the insurer's uuid when the clinic may begin anew: nothing between the two is open."""
    if row.status not in CLOSED or not actor.has(Permission.CONTRACT_OFFER):
        return ""
    pair = models.Contract.objects.filter(provider_id=row.provider_id, insurer_id=row.insurer_id)
    is_open = pair.exclude(status__in=CLOSED).exists()
    return "" if is_open else str(row.insurer.uuid)
