"""Documents that end while the co-operation lasts: asked for again, told about, accepted or returned."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.models import Q

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit_read
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import asked, document_rules, models
from ols.network.selectors import documents as reading
from ols.network.services import lasting
from ols.network.services.answers import RemarkMissing
from ols.network.services.document_sending import DocumentsExpired
from ols.network.services.letters import write_to_members
from ols.network.states import CONTRACT_DOCUMENT, ContractStatus, DocumentStatus
from ols.workflow import machine

FIRST, SECOND, ENDED = document_rules.NOTICES
# The last suspension of a suspended co-operation is among so many of its last steps.
_STEPS: Final = 50
_TEMPLATES: Final = {FIRST: "documents_ending", SECOND: "documents_ending", ENDED: "documents_ended"}


@use_case
def accept_document(*, actor: Actor, file_uuid: UUID, at: datetime) -> None:
    """Accept a new document: it counts, and the one before it is history.

    :raises ols.db.errors.NotFound: no such document was sent to this insurer
    :raises DocumentsExpired: it has ended while it waited
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    item = _locked(actor, file_uuid)
    if item.ends_on is not None and item.ends_on < days.local_date(at):
        raise DocumentsExpired((item.requirement.name,))
    data = {"requirement": item.requirement.code}
    machine.apply(CONTRACT_DOCUMENT, item, "accept", actor=actor, at=at, data=data)
    before = item.renews
    if before is not None and before.status == DocumentStatus.GIVEN:
        machine.apply(
            CONTRACT_DOCUMENT,
            before,
            "give_way",
            actor=actor,
            at=at,
            data=data,
            set_fields={"replaced_at": at},
        )
    name = item.requirement.name
    write_to_members(item.contract, "document_accepted", to="provider", at=at, document=name)
    _resume(actor, item.contract, at)


@use_case
def return_document(*, actor: Actor, file_uuid: UUID, remark: str, at: datetime) -> None:
    """Send a new document back with a remark; the one before counts on to its end.

    :raises RemarkMissing: nothing was written
    :raises ols.db.errors.NotFound: no such document was sent to this insurer
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    item = _locked(actor, file_uuid)
    words = remark.strip()
    if not words:
        raise RemarkMissing
    machine.apply(
        CONTRACT_DOCUMENT,
        item,
        "return",
        actor=actor,
        at=at,
        remark=words,
        data={"requirement": item.requirement.code},
        set_fields={"remark": words},
    )
    write_to_members(
        item.contract,
        "document_returned",
        to="provider",
        at=at,
        document=item.requirement.name,
        remark=words,
    )


@use_case
def tell_of_endings(*, actor: Actor, at: datetime) -> int:
    """Write to clinics 30 and 7 days ahead and after the end, then to the insurer; suspend where it says so.

    Each notice is written once; after a pause only the most pressing one is. Returns how many were written.
    """
    today = days.local_date(at)
    told = 0
    for stage, items in _due(today).items():
        for contract, group in groupby(items, key=lambda item: item.contract):
            told += _tell(actor, contract, list(group), stage, at)
    for contract in _to_suspend(today):
        _suspend(actor, contract, at)
    return told


def _due(today: date) -> dict[int, list[models.ContractDocument]]:
    """Lock the documents a notice is due for, by the notice and in the order of their contracts."""
    later = {stage: today + timedelta(days=stage) for stage in (FIRST, SECOND)}
    due = (
        Q(ends_on__lte=later[FIRST], told_days=None)
        | Q(ends_on__lte=later[SECOND], told_days__gt=SECOND)
        | Q(ends_on__lt=today, told_days__gt=ENDED)
    )
    rows = (
        models.ContractDocument.objects.select_for_update(of=("self",))
        .filter(due, status=DocumentStatus.GIVEN, contract__status__in=reading.LASTING)
        .select_related("contract", "requirement")
        .order_by("contract_id", "id")
    )
    found: dict[int, list[models.ContractDocument]] = {stage: [] for stage in document_rules.NOTICES}
    for item in rows:
        stage = document_rules.notice(item.ends_on, on=today) if item.ends_on else None
        if stage is not None:
            found[stage].append(item)
    return found


def _tell(
    actor: Actor, contract: models.Contract, items: list[models.ContractDocument], stage: int, at: datetime
) -> int:
    """Write one letter about a contract's documents; a new one that waits already needs no reminder."""
    answered = _renewed(items)
    for item in items:
        models.ContractDocument.objects.filter(pk=item.pk).update(told_days=stage)
        audit.record(
            event="contract_document.ended" if stage == ENDED else "contract_document.remind",
            subject_kind="contract_document",
            subject_uuid=item.uuid,
            actor=actor,
            at=at,
            data={"requirement": item.requirement.code, "days": stage},
        )
    lines = [_line(item) for item in items if item.pk not in answered]
    if lines:
        path = f"/panel/contracts/{contract.uuid}/documents/"
        write_to_members(contract, _TEMPLATES[stage], to="provider", at=at, lines=lines, path=path)
    if stage == ENDED:
        write_to_members(contract, "documents_ended_insurer", to="insurer", at=at, lines=lines)
    return len(items)


def _line(item: models.ContractDocument) -> dict[str, str]:
    """Name a document, its end and what follows: a line of a letter's list."""
    end, after = item.ends_on, item.requirement.suspend_after_days
    name = item.asked.get("name", item.requirement.name)
    return {
        "name": name,
        "name_en": item.asked.get("name_en") or name,
        "end": days.format_date(end) if end else "",
        "suspends": days.format_date(end + timedelta(days=after + 1)) if end and after is not None else "",
    }


def _renewed(items: Iterable[models.ContractDocument]) -> set[int | None]:
    """Return which of them have a new document waiting for the insurer."""
    waiting = models.ContractDocument.objects.filter(
        renews__in=[item.pk for item in items], status=DocumentStatus.WAITING
    )
    return set(waiting.values_list("renews_id", flat=True))


def _to_suspend(today: date) -> list[models.Contract]:
    """Lock the active contracts that a kind's rule suspends: a document has ended and no new one was sent."""
    ended = models.ContractDocument.objects.filter(
        status=DocumentStatus.GIVEN,
        ends_on__lt=today,
        requirement__suspend_after_days__isnull=False,
        contract__status=ContractStatus.ACTIVE,
    ).select_related("requirement")
    over = [
        item
        for item in ended
        if item.ends_on and (today - item.ends_on).days > (item.requirement.suspend_after_days or 0)
    ]
    answered = _renewed(over)
    wanted = {item.contract_id for item in over if item.pk not in answered}
    rows = models.Contract.objects.select_for_update().filter(pk__in=wanted, status=ContractStatus.ACTIVE)
    return list(rows.order_by("pk"))


def _suspend(actor: Actor, contract: models.Contract, at: datetime) -> None:
    """Suspend by the insurer's own rule; the reason says that no person did."""
    by_rule = replace(actor, permissions=frozenset({Permission.CONTRACT_REVIEW}))
    lasting.suspend(contract, "", actor=by_rule, at=at, code=asked.DOCUMENT_ENDED)


def _resume(actor: Actor, contract: models.Contract, at: datetime) -> None:
    """Resume what the rule has suspended, once nothing has ended any more."""
    if contract.status != ContractStatus.SUSPENDED or not _is_suspended_by_rule(contract):
        return
    ended = contract.documents.filter(
        status=DocumentStatus.GIVEN,
        ends_on__lt=days.local_date(at),
        requirement__suspend_after_days__isnull=False,
    )
    if not ended.exists():
        lasting.resume(contract, "", actor=actor, at=at, code=asked.DOCUMENT_CAME)


def _is_suspended_by_rule(contract: models.Contract) -> bool:
    """Say whether the rule, not a person, has suspended it last."""
    steps = audit_read.latest(subject_uuid=contract.uuid, subject="contract", most=_STEPS)
    last = next((row for row in steps if row.event == "contract.suspend"), None)
    return last is not None and last.data.get("reason") == asked.DOCUMENT_ENDED


def _locked(actor: Actor, file_uuid: UUID) -> models.ContractDocument:
    """Lock the contract, then the document that waits for this insurer."""
    actor.require(Permission.CONTRACT_REVIEW)
    rows = reading.visible_files(actor).filter(uuid=file_uuid, contract__insurer_id=actor.organization_id)
    found = rows.first()
    if found is None:
        raise NotFound
    contract = models.Contract.objects.select_for_update().get(pk=found.contract_id)
    item = rows.get()
    item.contract = contract
    return item
