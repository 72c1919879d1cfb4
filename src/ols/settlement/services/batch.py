"""Payment files: one person prepares, another approves, and only then a file exists."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.documents import services as documents
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.settlement import models, states
from ols.settlement.formats import pain001
from ols.settlement.selectors import sources
from ols.settlement.services import bookings, matching, numbers
from ols.workflow import machine

PAYABLE = (states.StatementStatus.CONFIRMED, states.StatementStatus.RETURNED)


class NothingChosen(Exception):
    """No report was chosen for the file."""


class StatementNotPayable(Exception):
    """A chosen report is paid, ordered or in another file already; `number` names it."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class ExecutionDayRefused(Exception):
    """The execution day is in the past or no working day."""


class OwnAccountMissing(Exception):
    """The insurer's own bank account is not known, so nothing can be paid from it."""


class SamePerson(Exception):
    """Who prepared a payment file cannot approve it (four eyes)."""


class PaymentFileInvalid(Exception):
    """The file does not fit the bank's schema; `errors` says where."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = list(errors)


@use_case
def prepare_batch(
    *, actor: Actor, statement_uuids: Sequence[UUID | str], execution_on: date, at: datetime
) -> UUID:
    """Collect confirmed (or returned) reports of the insurer into one payment file; return its uuid.

    :raises NothingChosen, ExecutionDayRefused, StatementNotPayable, OwnAccountMissing: see the classes
    :raises ols.settlement.formats.pain001.PaymentFileRefused: an account or a name cannot be paid to
    :raises ols.db.errors.NotFound: a report that is not of this insurer
    """
    actor.require(Permission.PAYMENT_PREPARE)
    if execution_on < days.local_date(at) or not days.is_working_day(execution_on):
        raise ExecutionDayRefused
    insurer_id = _insurer_id(actor)
    statements = _locked_payable(insurer_id, statement_uuids)
    assert actor.user_id is not None
    batch = models.PaymentBatch.objects.create(
        number=numbers.next_number(
            organization_id=None, prefix=numbers.BATCH_PREFIX, day=days.local_date(at)
        ),
        insurer_id=insurer_id,
        execution_on=execution_on,
        total_gr=sum(statement.total_gr for statement in statements),
        payment_count=len(statements),
        prepared_by_id=actor.user_id,
        prepared_at=at,
    )
    models.Payment.objects.bulk_create([_payment(batch, statement) for statement in statements])
    # What the bank would refuse is refused here, where the preparer can still mend it.
    payment_file(batch=batch, at=at)
    audit.record(
        event="payment_batch.prepare",
        subject_kind="payment_batch",
        subject_uuid=batch.uuid,
        actor=actor,
        at=at,
        data={"payments": len(statements), "total_gr": batch.total_gr},
    )
    return batch.uuid


@use_case
def approve_batch(*, actor: Actor, uuid: UUID | str, at: datetime) -> None:
    """Approve as the second person: the file is made, checked and stored, and its reports are ordered.

    :raises SamePerson: the actor prepared it
    :raises ExecutionDayRefused: its day has passed; no bank would take it, so it has to be made anew
    :raises ols.workflow.machine.TransitionRefused: it is approved or cancelled already
    :raises PaymentFileInvalid: the file breaks the bank's schema
    :raises ols.db.errors.NotFound: not a file of this insurer
    """
    actor.require(Permission.PAYMENT_APPROVE)
    batch = locked_batch(actor=actor, uuid=uuid)
    if batch.prepared_by_id == actor.user_id:
        raise SamePerson
    if batch.status == states.BatchStatus.PREPARED and batch.execution_on < days.local_date(at):
        raise ExecutionDayRefused
    machine.apply(
        states.BATCH,
        batch,
        "approve",
        actor=actor,
        at=at,
        set_fields={"approved_by_id": actor.user_id, "approved_at": at},
    )
    order = payment_file(batch=batch, at=at)
    file = documents.store(
        actor=actor,
        organization_id=batch.insurer_id,
        kind="xml",
        name=f"{batch.number.replace('/', '-')}.xml",
        content=_checked(order),
        at=at,
    )
    batch.file_id, batch.debtor_iban = file.pk, order.debtor.iban
    batch.save(update_fields=["file", "debtor_iban"])
    for payment in batch.payments.select_related("statement").order_by("statement_id"):
        _order(payment, actor=actor, at=at)


@use_case
def cancel_batch(*, actor: Actor, uuid: UUID | str, at: datetime) -> None:
    """Give up a file that was not approved; its reports can be chosen again.

    :raises ols.workflow.machine.TransitionRefused: it is approved or cancelled already
    :raises ols.db.errors.NotFound: not a file of this insurer
    """
    batch = locked_batch(actor=actor, uuid=uuid)
    machine.apply(states.BATCH, batch, "cancel", actor=actor, at=at)
    batch.payments.update(cancelled_at=at)


@within_transaction
def locked_batch(*, actor: Actor, uuid: UUID | str) -> models.PaymentBatch:
    """Return the insurer's own payment file, locked until the transaction ends.

    :raises ols.db.errors.NotFound: not a file of this insurer
    """
    found = models.PaymentBatch.objects.select_for_update().filter(uuid=uuid, insurer_id=_insurer_id(actor))
    batch = found.first()
    if batch is None:
        raise NotFound
    return batch


@within_transaction
def payment_file(*, batch: models.PaymentBatch, at: datetime) -> pain001.PaymentFile:
    """Return the batch as the bank's format knows it; the total is the batch's to the grosz.

    :raises OwnAccountMissing: the insurer has no account
    :raises ols.settlement.formats.pain001.PaymentFileRefused: an account or a name cannot be paid to
    """
    insurer = accounts.organization(organization_id=batch.insurer_id)
    if not insurer.iban:
        raise OwnAccountMissing
    payments = batch.payments.select_related("statement").order_by("end_to_end_id")
    file = pain001.PaymentFile(
        message_id=batch.number.replace("/", "-"),
        created_at=at,
        debtor=pain001.Account(name=insurer.name, iban=insurer.iban),
        execution_day=batch.execution_on,
        transfers=tuple(
            pain001.Transfer(
                end_to_end_id=payment.end_to_end_id,
                creditor=pain001.Account(name=payment.name, iban=payment.iban),
                amount_gr=payment.amount_gr,
                remittance=f"Raport {payment.statement.number}",
            )
            for payment in payments
        ),
    )
    assert file.total_gr == batch.total_gr
    return file


def _locked_payable(insurer_id: int, uuids: Sequence[UUID | str]) -> list[models.SettlementStatement]:
    """Lock the chosen reports in key order and make sure that each may be paid."""
    wanted = {str(uuid) for uuid in uuids}
    if not wanted:
        raise NothingChosen
    rows = models.SettlementStatement.objects.select_for_update().filter(
        uuid__in=wanted, insurer_id=insurer_id
    )
    statements = list(rows.exclude(status=states.StatementStatus.GENERATED).order_by("pk"))
    if len(statements) != len(wanted):
        raise NotFound
    alive = models.Payment.objects.filter(
        statement__in=statements, returned_on=None, cancelled_at=None
    ).values_list("statement_id", flat=True)
    taken = set(alive)
    for statement in statements:
        if statement.status not in PAYABLE or statement.pk in taken:
            raise StatementNotPayable(statement.number)
    return statements


def _payment(batch: models.PaymentBatch, statement: models.SettlementStatement) -> models.Payment:
    """Return the transfer for a report, to the account that the insurer accepted with the contract."""
    iban, _bank = sources.contract_account(contract_id=statement.contract_id)
    return models.Payment(
        batch=batch,
        statement=statement,
        end_to_end_id=matching.payment_number(
            statement_number=statement.number, attempt=statement.payments.count() + 1
        ),
        amount_gr=statement.total_gr,
        iban=iban,
        name=accounts.organization(organization_id=statement.provider_id).name,
    )


@within_transaction
def _order(payment: models.Payment, *, actor: Actor, at: datetime) -> None:
    statement = payment.statement
    machine.apply(
        states.STATEMENT,
        statement,
        "order",
        actor=actor,
        at=at,
        set_fields={"ordered_on": days.local_date(at)},
    )
    ledger.post(
        kind="payment.order",
        reference=payment.uuid,
        idempotency_key=f"payment:{payment.uuid}:ordered",
        transfers=bookings.payment_ordered(
            insurer_id=statement.insurer_id,
            provider_id=statement.provider_id,
            amount_gr=payment.amount_gr,
        ),
        at=at,
    )


def _checked(file: pain001.PaymentFile) -> bytes:
    xml = pain001.render(file)
    errors = pain001.validate(xml)
    if errors:
        raise PaymentFileInvalid(errors)
    return xml


def _insurer_id(actor: Actor) -> int:
    if actor.organization_kind != "insurer" or actor.organization_id is None:
        raise NotFound
    return actor.organization_id
