"""The insurer's answers to an offer: accept, return with remarks, reject with a reason."""

from collections.abc import Mapping
from datetime import datetime

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.network import asked, models
from ols.network.services import remarks
from ols.network.services.answers import RemarkMissing
from ols.network.services.document_sending import require_in_force
from ols.network.services.letters import write_to_members
from ols.network.states import CONTRACT, ContractStatus
from ols.workflow import machine

_NOTHING: Mapping[str, str] = {}


@use_case
def accept_offer(*, actor: Actor, contract_uuid: str, at: datetime) -> None:
    """Accept: the co-operation is active from its first day, at the earliest today; its accounts are opened.

    :raises ols.db.errors.NotFound: no such offer to this insurer
    :raises DocumentsExpired: a document has ended while the offer waited
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for an answer (any more)
    """
    accept(_locked(actor, contract_uuid), actor=actor, at=at)


@within_transaction
def accept(
    row: models.Contract, *, actor: Actor, at: datetime, data: Mapping[str, object] | None = None
) -> None:
    """Make the locked offer a co-operation, in its caller's transaction; errors as in `accept_offer`."""
    today = days.local_date(at)
    if row.status == ContractStatus.OFFERED:
        require_in_force(row, on=today)
    starts_on = max(row.starts_on, today) if row.starts_on else today
    fields = {"decided_at": at, "starts_on": starts_on, "remark": ""}
    machine.apply(
        CONTRACT,
        row,
        "accept",
        actor=actor,
        at=at,
        data=data,
        set_fields=fields,
    )
    pair = {"insurer_id": row.insurer_id, "provider_id": row.provider_id}
    ledger.open_accounts(
        [ledger.provider_account(**pair, stage=stage) for stage in ("decided", "payable")]
        + [
            ledger.insurer_account(insurer_id=row.insurer_id, purpose=purpose)
            for purpose in ("benefit-expense", "clearing", "bank")
        ]
    )
    for side in ("provider", "insurer"):
        write_to_members(row, "offer_accepted", to=side, at=at, automatic="yes" if data else "")


@use_case
def return_offer(
    *,
    actor: Actor,
    contract_uuid: str,
    remark: str,
    fields: Mapping[str, str] = _NOTHING,
    at: datetime,
) -> None:
    """Send the offer back to be mended, with remarks at single `fields` (named in `asked`) or in general.

    :raises RemarkMissing: nothing was written, or nothing at a field
    :raises ols.network.services.remarks.UnknownField: offers have no such field
    :raises ols.db.errors.NotFound: no such offer to this insurer
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for an answer (any more)
    """
    row = _locked(actor, contract_uuid)
    words = {name: text.strip() for name, text in fields.items()}
    if not all(words.values()):
        raise RemarkMissing
    names = remarks.document_names(row)
    remarks.require_known(words, names)
    _refuse(row, actor, "return", remark.strip(), words, names, at)
    remarks.keep(row, words, actor=actor, at=at)


@use_case
def reject_offer(*, actor: Actor, contract_uuid: str, reason: str, at: datetime) -> None:
    """Reject the offer with a reason; the provider may start anew.

    :raises RemarkMissing: nothing was written
    :raises ols.db.errors.NotFound: no such offer to this insurer
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for an answer (any more)
    """
    _refuse(_locked(actor, contract_uuid), actor, "reject", reason.strip(), _NOTHING, _NOTHING, at)


def _refuse(
    row: models.Contract,
    actor: Actor,
    action: str,
    words: str,
    fields: Mapping[str, str],
    documents: Mapping[str, str],
    at: datetime,
) -> None:
    """Return or reject, and tell both sides."""
    if not words and not fields:
        raise RemarkMissing
    polish = asked.letter(words, fields, documents=documents, language="pl")
    english = asked.letter(words, fields, documents=documents, language="en")
    machine.apply(
        CONTRACT,
        row,
        action,
        actor=actor,
        at=at,
        remark=words,
        data={"fields": sorted(fields), "remarks": dict(fields)} if fields else None,
        set_fields={"decided_at": at, "remark": words, "answer_due_at": None},
    )
    template = "offer_returned" if action == "return" else "offer_rejected"
    for side in ("provider", "insurer"):
        write_to_members(row, template, to=side, at=at, remark=polish, remark_en=english)


def _locked(actor: Actor, contract_uuid: str) -> models.Contract:
    """Lock an offer made to the actor's insurer."""
    actor.require(Permission.CONTRACT_REVIEW)
    if actor.organization_kind != "insurer":
        raise NotFound
    row = (
        models.Contract.objects.select_for_update()
        .filter(insurer_id=actor.organization(), uuid=contract_uuid)
        .exclude(offered_at=None)
        .first()
    )
    if row is None:
        raise NotFound
    return row
