"""What a bank's entry does to the payment it is; matching by hand what the rules left open."""

from datetime import datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.settlement import models, states
from ols.settlement.services import bookings, mail, matching
from ols.workflow import machine


class EntryTaken(Exception):
    """The entry was matched or set aside already."""


class PaymentDoesNotFit(Exception):
    """The payment has another amount, or the bank has booked it already; nothing changed."""


@use_case
def match_entry(
    *, actor: Actor, statement_uuid: UUID | str, position: int, payment_uuid: UUID | str, at: datetime
) -> None:
    """Match an open entry to a payment by hand; amount and direction must fit all the same.

    :raises EntryTaken, PaymentDoesNotFit: see the classes
    :raises ols.db.errors.NotFound: not this insurer's statement or payment
    """
    actor.require(Permission.BANK_IMPORT)
    entry = _locked_entry(actor=actor, statement_uuid=statement_uuid, position=position)
    payment = (
        models.Payment.objects.select_for_update(of=("self",))
        .filter(uuid=payment_uuid, batch__insurer_id=actor.organization_id)
        .exclude(batch__status=states.BatchStatus.PREPARED)
        .first()
    )
    if payment is None:
        raise NotFound
    is_waiting = (payment.booked_on is not None) == entry.is_credit
    is_alive = payment.returned_on is None and payment.cancelled_at is None
    if payment.amount_gr != entry.amount_gr or not is_waiting or not is_alive:
        raise PaymentDoesNotFit
    settle_entry(entry=entry, payment_id=payment.pk, how=matching.BY_PERSON, actor=actor, at=at)
    _record("bank_entry.match", entry, actor=actor, at=at)


@use_case
def set_entry_aside(*, actor: Actor, statement_uuid: UUID | str, position: int, at: datetime) -> None:
    """Note that an open entry is no payment of ours (a bank's fee, say).

    :raises EntryTaken: it was matched or set aside already
    :raises ols.db.errors.NotFound: not this insurer's statement
    """
    actor.require(Permission.BANK_IMPORT)
    entry = _locked_entry(actor=actor, statement_uuid=statement_uuid, position=position)
    entry.matched_by = matching.SET_ASIDE
    entry.save(update_fields=["matched_by"])
    _record("bank_entry.set_aside", entry, actor=actor, at=at)


@within_transaction
def settle_entry(
    *, entry: models.BankEntry, payment_id: int, how: str, actor: Actor, at: datetime
) -> models.Payment:
    """Book or take back the payment that the entry is; the payment is locked by the caller."""
    payment = models.Payment.objects.select_related("statement", "batch").get(pk=payment_id)
    entry.payment = payment
    entry.matched_by = how
    entry.save(update_fields=["payment", "matched_by"])
    if entry.is_credit:
        _take_back(payment, entry, actor=actor, at=at)
    else:
        _book(payment, entry, actor=actor, at=at)
    return payment


@within_transaction
def _book(payment: models.Payment, entry: models.BankEntry, *, actor: Actor, at: datetime) -> None:
    statement = payment.statement
    payment.booked_on = entry.booked_on
    payment.save(update_fields=["booked_on"])
    machine.apply(
        states.STATEMENT,
        statement,
        "pay",
        actor=actor,
        at=at,
        data={"booked_on": entry.booked_on.isoformat()},
        set_fields={"paid_on": entry.booked_on},
    )
    ledger.post(
        kind="payment.book",
        reference=payment.uuid,
        idempotency_key=f"payment:{payment.uuid}:booked",
        transfers=bookings.payment_booked(insurer_id=statement.insurer_id, amount_gr=payment.amount_gr),
        at=at,
    )
    mail.statement_paid(statement=statement, at=at)
    _close_batch(payment.batch, actor=actor, at=at)


@within_transaction
def _take_back(payment: models.Payment, entry: models.BankEntry, *, actor: Actor, at: datetime) -> None:
    statement = payment.statement
    payment.returned_on = entry.booked_on
    payment.save(update_fields=["returned_on"])
    machine.apply(
        states.STATEMENT,
        statement,
        "bounce",
        actor=actor,
        at=at,
        data={"returned_on": entry.booked_on.isoformat()},
        set_fields={"paid_on": None, "ordered_on": None},
    )
    ledger.post(
        kind="payment.return",
        reference=payment.uuid,
        idempotency_key=f"payment:{payment.uuid}:returned",
        transfers=bookings.payment_returned(
            insurer_id=statement.insurer_id,
            provider_id=statement.provider_id,
            amount_gr=payment.amount_gr,
        ),
        at=at,
    )
    mail.statement_returned(statement=statement, iban=payment.iban, at=at)


@within_transaction
def _close_batch(batch: models.PaymentBatch, *, actor: Actor, at: datetime) -> None:
    """Settle the file when the bank has booked the last of its payments."""
    _lock_batch(batch)
    if not batch.payments.filter(booked_on=None).exists():
        machine.apply(states.BATCH, batch, "settle", actor=actor, at=at)


def _lock_batch(batch: models.PaymentBatch) -> None:
    """Let the payments of a file be counted by one at a time, or nobody would see the last one."""
    models.PaymentBatch.objects.select_for_update().get(pk=batch.pk)


@within_transaction
def _locked_entry(*, actor: Actor, statement_uuid: UUID | str, position: int) -> models.BankEntry:
    entry = (
        models.BankEntry.objects.select_for_update(of=("self",))
        .select_related("statement")
        .filter(
            statement__uuid=statement_uuid,
            statement__insurer_id=actor.organization_id,
            position=position,
        )
        .first()
    )
    if entry is None:
        raise NotFound
    if entry.matched_by:
        raise EntryTaken
    return entry


@within_transaction
def _record(event: str, entry: models.BankEntry, *, actor: Actor, at: datetime) -> None:
    audit.record(
        event=event,
        subject_kind="bank_statement",
        subject_uuid=entry.statement.uuid,
        actor=actor,
        at=at,
        data={"position": entry.position, "payment": entry.payment_id},
    )
