"""The insurer's half: what it offers to the network, and its answers to offers."""

from datetime import date, datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.network import models
from ols.network.services.letters import write_to_members
from ols.network.states import CONTRACT
from ols.workflow import machine


class RemarkMissing(Exception):
    """Who returns or rejects says why."""


class AreaOpenAlready(Exception):
    """The area's day has come: it is not announced anew."""


@use_case
def require_document(*, actor: Actor, code: str, name: str, is_required: bool = True, at: datetime) -> None:
    """Set what document the insurer wants with offers; the same code again changes name and need."""
    actor.require(Permission.TERMS_PUBLISH)
    insurer_id = _insurer(actor)
    row, _ = models.DocumentRequirement.objects.update_or_create(
        insurer_id=insurer_id,
        code=code,
        defaults={"name": name, "is_required": is_required, "is_active": True},
    )
    audit.record(
        event="document_requirement.set",
        subject_kind="document_requirement",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"code": code, "required": is_required},
    )


@use_case
def switch_document(*, actor: Actor, requirement_uuid: UUID, is_active: bool, at: datetime) -> None:
    """Ask for the document no more, or again; what clinics have sent stays.

    :raises ols.db.errors.NotFound: the insurer has no such requirement
    """
    actor.require(Permission.TERMS_PUBLISH)
    found = models.DocumentRequirement.objects.filter(insurer_id=_insurer(actor), uuid=requirement_uuid)
    if not found.update(is_active=is_active):
        raise NotFound
    audit.record(
        event="document_requirement.switch",
        subject_kind="document_requirement",
        subject_uuid=requirement_uuid,
        actor=actor,
        at=at,
        data={"active": is_active},
    )


@use_case
def open_area(*, actor: Actor, area_id: int, opens_on: date, at: datetime) -> None:
    """Set from which day the insurer offers an area; with a day in the future it is announced.

    :raises ols.db.errors.NotFound: the actor is no insurer, or there is no such area
    :raises AreaOpenAlready: clinics work in it already
    """
    actor.require(Permission.TERMS_PUBLISH)
    insurer_id = _insurer(actor)
    if area_id not in {area.id for area in catalog.areas()}:
        raise NotFound
    begun = models.AreaOpening.objects.filter(
        insurer_id=insurer_id, area_id=area_id, opens_on__lte=days.local_date(at)
    )
    if begun.exclude(opens_on=opens_on).exists():
        raise AreaOpenAlready
    row, _ = models.AreaOpening.objects.update_or_create(
        insurer_id=insurer_id, area_id=area_id, defaults={"opens_on": opens_on}
    )
    audit.record(
        event="area.open",
        subject_kind="area_opening",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"area": area_id, "opens_on": opens_on.isoformat()},
    )


@use_case
def accept_offer(*, actor: Actor, contract_uuid: str, at: datetime) -> None:
    """Accept: the co-operation is active from its first day, at the earliest today; its accounts are opened.

    :raises ols.db.errors.NotFound: no such offer to this insurer
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for an answer (any more)
    """
    row = _locked(actor, contract_uuid)
    today = days.local_date(at)
    starts_on = max(row.starts_on, today) if row.starts_on else today
    fields = {"decided_at": at, "starts_on": starts_on, "remark": ""}
    machine.apply(CONTRACT, row, "accept", actor=actor, at=at, set_fields=fields)
    pair = {"insurer_id": row.insurer_id, "provider_id": row.provider_id}
    ledger.open_accounts(
        [ledger.provider_account(**pair, stage=stage) for stage in ("decided", "payable")]
        + [
            ledger.insurer_account(insurer_id=row.insurer_id, purpose=purpose)
            for purpose in ("benefit-expense", "clearing", "bank")
        ]
    )
    for side in ("provider", "insurer"):
        write_to_members(row, "offer_accepted", to=side, at=at)


@use_case
def return_offer(*, actor: Actor, contract_uuid: str, remark: str, at: datetime) -> None:
    """Send the offer back to be mended, with a remark.

    :raises RemarkMissing: nothing was written
    :raises ols.db.errors.NotFound: no such offer to this insurer
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for an answer (any more)
    """
    _refuse(actor, contract_uuid, "return", "offer_returned", remark, at)


@use_case
def reject_offer(*, actor: Actor, contract_uuid: str, reason: str, at: datetime) -> None:
    """Reject the offer with a reason; the provider may start anew.

    :raises RemarkMissing: nothing was written
    :raises ols.db.errors.NotFound: no such offer to this insurer
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for an answer (any more)
    """
    _refuse(actor, contract_uuid, "reject", "offer_rejected", reason, at)


def _refuse(actor: Actor, contract_uuid: str, action: str, template: str, words: str, at: datetime) -> None:
    """Return or reject, and tell both sides."""
    row = _locked(actor, contract_uuid)
    words = words.strip()
    if not words:
        raise RemarkMissing
    fields = {"decided_at": at, "remark": words, "answer_due_at": None}
    machine.apply(CONTRACT, row, action, actor=actor, at=at, remark=words, set_fields=fields)
    for side in ("provider", "insurer"):
        write_to_members(row, template, to=side, at=at, remark=words)


def _insurer(actor: Actor) -> int:
    """Return the insurer the actor works for."""
    if actor.organization_kind != "insurer" or actor.organization_id is None:
        raise NotFound
    return actor.organization_id


def _locked(actor: Actor, contract_uuid: str) -> models.Contract:
    """Lock an offer made to the actor's insurer."""
    actor.require(Permission.CONTRACT_REVIEW)
    row = (
        models.Contract.objects.select_for_update()
        .filter(insurer_id=_insurer(actor), uuid=contract_uuid)
        .exclude(offered_at=None)
        .first()
    )
    if row is None:
        raise NotFound
    return row
