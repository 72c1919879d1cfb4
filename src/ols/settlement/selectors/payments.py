"""What the insurer owes, and its payment files."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.audit.selectors import HistoryRow
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.settlement import models, states
from ols.settlement.selectors import reports


@dataclass(frozen=True)
class DueRow:
    """A report that waits for a payment file; `days_left` is below zero when it is overdue."""

    uuid: UUID
    number: str
    provider_name: str
    total_gr: int
    due_on: date
    days_left: int
    was_returned: bool


@dataclass(frozen=True)
class BatchRow:
    """A payment file in a list."""

    uuid: UUID
    number: str
    status: str
    execution_on: date
    payment_count: int
    total_gr: int
    prepared_at: datetime
    approved_at: datetime | None


@dataclass(frozen=True)
class PaymentRow:
    """One transfer of a file."""

    uuid: UUID
    end_to_end_id: str
    statement_uuid: UUID
    statement_number: str
    name: str
    iban: str
    amount_gr: int
    booked_on: date | None
    returned_on: date | None


@dataclass(frozen=True)
class BatchDetail:
    """One payment file. `is_own`: the actor prepared it and so cannot approve it."""

    row: BatchRow
    payments: list[PaymentRow]
    actions: tuple[str, ...]
    is_own: bool
    has_file: bool
    history: list[HistoryRow]


def due_statements(actor: Actor, *, today: date) -> list[DueRow]:
    """Return what the insurer owes and is in no payment file, by due day."""
    actor.require(Permission.PAYMENT_VIEW)
    in_a_file = models.Payment.objects.filter(returned_on=None, cancelled_at=None).values("statement_id")
    rows = (
        reports.own_statements(actor)
        .filter(status__in=reports.OWED, due_on__isnull=False)
        .exclude(pk__in=in_a_file)
        .select_related("provider")
        .order_by("due_on", "id")
    )
    return [_due_row(row, today) for row in rows]


def batches(actor: Actor, *, offset: int = 0, limit: int = 25) -> list[BatchRow]:
    """Return the insurer's payment files, newest first."""
    return [_batch_row(row) for row in _own(actor).order_by("-id")[offset : offset + limit]]


def batch_count(actor: Actor) -> int:
    """Return how many payment files the insurer has."""
    return _own(actor).count()


def batch(actor: Actor, *, uuid: UUID | str) -> BatchDetail:
    """Return one payment file with its transfers.

    :raises ols.db.errors.NotFound: none of the insurer's own
    """
    row = _one(actor, uuid)
    is_own = row.prepared_by_id == actor.user_id
    actions = states.BATCH.actions_from(row.status, actor)
    return BatchDetail(
        row=_batch_row(row),
        payments=[
            _payment_row(payment) for payment in row.payments.select_related("statement").order_by("id")
        ],
        actions=tuple(action for action in actions if action in {"approve", "cancel"}),
        is_own=is_own,
        has_file=row.file_id is not None,
        history=audit.history(subject_uuid=row.uuid),
    )


def batch_file(actor: Actor, *, uuid: UUID | str) -> UUID:
    """Return the uuid of the stored pain.001 file.

    :raises ols.db.errors.NotFound: no such payment file, or it is not approved yet
    """
    row = _own(actor).select_related("file").filter(uuid=uuid).first()
    if row is None or row.file is None:
        raise NotFound
    return row.file.uuid


def _own(actor: Actor) -> QuerySet[models.PaymentBatch]:
    actor.require(Permission.PAYMENT_VIEW)
    return models.PaymentBatch.objects.filter(insurer_id=actor.organization_id)


def _one(actor: Actor, uuid: UUID | str) -> models.PaymentBatch:
    row = _own(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _due_row(row: models.SettlementStatement, today: date) -> DueRow:
    assert row.due_on is not None
    return DueRow(
        uuid=row.uuid,
        number=row.number,
        provider_name=row.provider.name,
        total_gr=row.total_gr,
        due_on=row.due_on,
        days_left=(row.due_on - today).days,
        was_returned=row.status == states.StatementStatus.RETURNED,
    )


def _batch_row(row: models.PaymentBatch) -> BatchRow:
    return BatchRow(
        uuid=row.uuid,
        number=row.number,
        status=row.status,
        execution_on=row.execution_on,
        payment_count=row.payment_count,
        total_gr=row.total_gr,
        prepared_at=row.prepared_at,
        approved_at=row.approved_at,
    )


def _payment_row(row: models.Payment) -> PaymentRow:
    return PaymentRow(
        uuid=row.uuid,
        end_to_end_id=row.end_to_end_id,
        statement_uuid=row.statement.uuid,
        statement_number=row.statement.number,
        name=row.name,
        iban=row.iban,
        amount_gr=row.amount_gr,
        booked_on=row.booked_on,
        returned_on=row.returned_on,
    )
