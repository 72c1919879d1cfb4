"""Another account for a clinic: asked by one person, counting only when a second one has confirmed it.

The second person is at the clinic; where the clinic has none, the insurer confirms (docs/adr/0014).
Until then everything is paid to the account known before; transfers already ordered keep theirs.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import identifiers
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.services.answers import RemarkMissing
from ols.network.services.contacts import locked_accepted
from ols.network.services.letters import write_to_both
from ols.network.states import ACCOUNT_CHANGE, AccountChangeStatus
from ols.workflow import machine


class SameAccount(Exception):
    """The account is the one used already."""


class ChangeWaitsAlready(Exception):
    """Another change of the contract's account waits for confirmation."""


class NotTheSecondPerson(Exception):
    """Who asked for the change cannot decide it, nor can the side whose confirmation is not wanted."""


class NotTheRequester(Exception):
    """Only who asked for the change takes it back; others refuse it."""


@use_case
def ask_account_change(*, actor: Actor, contract_uuid: str, iban: str, reason: str, at: datetime) -> UUID:
    """Ask to be paid to another account; both sides and the contact addresses are told at once.

    :raises RemarkMissing: no reason was written
    :raises SameAccount: nothing would change
    :raises ChangeWaitsAlready: another change waits
    :raises ContractNotAccepted: the offer is not accepted
    :raises ols.db.errors.NotFound: no such contract of this provider
    :raises ols.kernel.identifiers.IdentifierError: the account number is wrong
    """
    actor.require(Permission.ACCOUNT_CHANGE)
    contract = locked_accepted(actor, contract_uuid)
    number, words = identifiers.parse_nrb(iban), _words(reason)
    if number == contract.iban:
        raise SameAccount
    row = _kept(contract, number, words, actor, at)
    audit.record(
        event="account_change.ask",
        subject_kind="account_change",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        remark=words,
        data=_data(row),
    )
    _tell(row, "account_change_asked", actor, at, words)
    return row.uuid


@use_case
def confirm_account_change(*, actor: Actor, change_uuid: str, at: datetime) -> None:
    """Let the new account count from now on, as the clinic's second person or as the insurer.

    :raises NotTheSecondPerson: the actor asked for it, or the other side confirms
    :raises ols.db.errors.NotFound: no such change for this organization
    :raises ols.workflow.machine.TransitionRefused: it was decided or taken back meanwhile
    """
    row = _locked_to_decide(actor, change_uuid)
    if row.status == AccountChangeStatus.WAITING and not selectors.may_confirm(actor, row):
        raise NotTheSecondPerson
    _decide(row, actor, at, "confirm", "")
    contract = row.contract
    contract.iban, contract.bank_name = row.iban, row.bank_name
    contract.save(update_fields=["iban", "bank_name"])
    _tell(row, "account_change_confirmed", actor, at, "")


@use_case
def refuse_account_change(*, actor: Actor, change_uuid: str, reason: str, at: datetime) -> None:
    """Refuse the change with a reason: the second person and the insurer both may.

    :raises RemarkMissing: no reason was written
    :raises NotTheSecondPerson: the actor asked for it
    :raises ols.db.errors.NotFound: no such change for this organization
    :raises ols.workflow.machine.TransitionRefused: it was decided or taken back meanwhile
    """
    row = _locked_to_decide(actor, change_uuid)
    words = _words(reason)
    if row.requested_by_id == actor.person():
        raise NotTheSecondPerson
    _decide(row, actor, at, "refuse", words)
    _tell(row, "account_change_refused", actor, at, words)


@use_case
def withdraw_account_change(*, actor: Actor, change_uuid: str, at: datetime) -> None:
    """Take one's own wish back.

    :raises NotTheRequester: somebody else asked for it
    :raises ols.db.errors.NotFound: no such change of this provider
    :raises ols.workflow.machine.TransitionRefused: it was decided meanwhile
    """
    actor.require(Permission.ACCOUNT_CHANGE)
    row = _locked(change_uuid, provider_id=actor.organization_id)
    if row.requested_by_id != actor.person():
        raise NotTheRequester
    fields = {"decided_at": at, "decided_by_id": actor.person()}
    machine.apply(ACCOUNT_CHANGE, row, "withdraw", actor=actor, at=at, data=_data(row), set_fields=fields)
    _tell(row, "account_change_withdrawn", actor, at, "")


def _kept(
    contract: models.Contract, iban: str, reason: str, actor: Actor, at: datetime
) -> models.AccountChange:
    """Write the wish down; the database allows one that waits."""
    bank = identifiers.bank_of(iban)
    has_second = selectors.has_second_person(provider_id=contract.provider_id, but=actor.person())
    try:
        with transaction.atomic():
            return models.AccountChange.objects.create(
                contract=contract,
                old_iban=contract.iban,
                iban=iban,
                bank_name=bank.name if bank else "",
                reason=reason,
                confirmed_by="provider" if has_second else "insurer",
                requested_by_id=actor.person(),
                requested_at=at,
            )
    except IntegrityError as error:
        raise ChangeWaitsAlready from error


def _decide(row: models.AccountChange, actor: Actor, at: datetime, action: str, words: str) -> None:
    """Take the step of the actor's side."""
    step = action if actor.organization_kind == "provider" else f"insurer_{action}"
    fields = {"decided_at": at, "decided_by_id": actor.person(), "remark": words}
    machine.apply(
        ACCOUNT_CHANGE, row, step, actor=actor, at=at, remark=words, data=_data(row), set_fields=fields
    )


def _locked_to_decide(actor: Actor, change_uuid: str) -> models.AccountChange:
    """Lock a change that the actor's organization may see."""
    if actor.organization_kind == "insurer":
        actor.require(Permission.CONTRACT_REVIEW)
        return _locked(change_uuid, insurer_id=actor.organization_id)
    actor.require(Permission.ACCOUNT_CHANGE)
    return _locked(change_uuid, provider_id=actor.organization_id)


def _locked(change_uuid: str, **owner: int | None) -> models.AccountChange:
    """Lock the contract first, then the change, as asking does: nobody waits in a circle."""
    mine = {f"contract__{name}": value for name, value in owner.items()}
    found = models.AccountChange.objects.filter(uuid=change_uuid, **mine).first()
    if found is None:
        raise NotFound
    contract = models.Contract.objects.select_for_update().get(pk=found.contract_id)
    row = models.AccountChange.objects.select_for_update().get(pk=found.pk)
    row.contract = contract
    return row


def _words(reason: str) -> str:
    """Return the reason; there must be one."""
    words = reason.strip()
    if not words:
        raise RemarkMissing
    return words


def _data(row: models.AccountChange) -> dict[str, object]:
    """Return what the history keeps: the last digits tell accounts apart, and are no account."""
    return {"contract": str(row.contract.uuid), "from": row.old_iban[-4:], "to": row.iban[-4:]}


def _tell(row: models.AccountChange, template: str, actor: Actor, at: datetime, words: str) -> None:
    """Write to both sides and to the contact addresses, the earlier one included."""
    contract = row.contract
    write_to_both(
        contract,
        template,
        at=at,
        contacts=(contract.contact_email, contract.earlier_contact_email),
        remark=words,
        by=actor.name,
        old_account=f"…{row.old_iban[-4:]}",
        new_account=f"…{row.iban[-4:]}",
        bank=row.bank_name,
        confirmed_by=row.confirmed_by,
    )
