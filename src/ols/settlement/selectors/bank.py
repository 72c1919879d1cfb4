"""Imported bank statements and what of them waits for a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.settlement import models, states


@dataclass(frozen=True)
class BankStatementRow:
    """A bank statement in a list; `open_count` entries wait for a person."""

    uuid: UUID
    statement_id: str
    file_name: str
    iban: str
    opening_gr: int
    closing_gr: int
    imported_at: datetime
    entry_count: int
    open_count: int


@dataclass(frozen=True)
class Candidate:
    """A payment that an open entry may be matched to by hand: the amount fits."""

    payment_uuid: UUID
    end_to_end_id: str
    statement_number: str
    name: str


@dataclass(frozen=True)
class EntryRow:
    """One movement; `amount_gr` has its sign. Open when `matched_by` is empty, and then `reason` says why."""

    statement_uuid: UUID
    position: int
    amount_gr: int
    booked_on: date
    is_return: bool
    end_to_end_id: str
    counterparty_name: str
    counterparty_iban: str
    remittance: str
    matched_by: str
    reason: str
    payment_number: str
    report_number: str
    candidates: tuple[Candidate, ...] = ()


def bank_statements(actor: Actor, *, offset: int = 0, limit: int = 25) -> list[BankStatementRow]:
    """Return the insurer's imported statements, newest first."""
    rows = _counted(_own(actor)).order_by("-id")
    return [_row(row) for row in rows[offset : offset + limit]]


def bank_statement_count(actor: Actor) -> int:
    """Return how many statements the insurer imported."""
    return _own(actor).count()


def bank_statement(actor: Actor, *, uuid: UUID | str) -> tuple[BankStatementRow, list[EntryRow]]:
    """Return one statement and its entries in the bank's order.

    :raises ols.db.errors.NotFound: none of the insurer's own
    """
    row = _counted(_own(actor)).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return _row(row), _entries(actor, models.BankEntry.objects.filter(statement_id=row.pk))


def open_entries(actor: Actor) -> list[EntryRow]:
    """Return every entry that waits for a person, oldest first."""
    actor.require(Permission.PAYMENT_VIEW)
    found = models.BankEntry.objects.filter(statement__insurer_id=actor.organization_id, matched_by="")
    return _entries(actor, found)


def _own(actor: Actor) -> QuerySet[models.BankStatement]:
    actor.require(Permission.PAYMENT_VIEW)
    return models.BankStatement.objects.filter(insurer_id=actor.organization_id)


def _counted(rows: QuerySet[models.BankStatement]) -> QuerySet[models.BankStatement]:
    return rows.annotate(
        entry_count=Count("entries"), open_count=Count("entries", filter=Q(entries__matched_by=""))
    )


def _row(row: models.BankStatement) -> BankStatementRow:
    return BankStatementRow(
        uuid=row.uuid,
        statement_id=row.statement_id,
        file_name=row.file_name,
        iban=row.iban,
        opening_gr=row.opening_gr,
        closing_gr=row.closing_gr,
        imported_at=row.imported_at,
        entry_count=row.entry_count,  # type: ignore[attr-defined]
        open_count=row.open_count,  # type: ignore[attr-defined]
    )


def _entries(actor: Actor, found: QuerySet[models.BankEntry]) -> list[EntryRow]:
    rows = list(
        found.select_related("statement", "payment", "payment__statement").order_by(
            "statement_id", "position"
        )
    )
    amounts = {row.amount_gr for row in rows if not row.matched_by}
    waiting = _waiting_payments(actor, amounts) if amounts else []
    return [_entry_row(row, waiting) for row in rows]


def _waiting_payments(actor: Actor, amounts: set[int]) -> list[models.Payment]:
    return list(
        models.Payment.objects.filter(
            batch__insurer_id=actor.organization_id,
            amount_gr__in=amounts,
            returned_on=None,
            cancelled_at=None,
        )
        .exclude(batch__status=states.BatchStatus.PREPARED)
        .select_related("statement")
        .order_by("-id")[:500]
    )


def _entry_row(row: models.BankEntry, waiting: list[models.Payment]) -> EntryRow:
    fits = [
        payment
        for payment in waiting
        if payment.amount_gr == row.amount_gr and (payment.booked_on is not None) == row.is_credit
    ]
    return EntryRow(
        statement_uuid=row.statement.uuid,
        position=row.position,
        amount_gr=row.amount_gr if row.is_credit else -row.amount_gr,
        booked_on=row.booked_on,
        is_return=row.is_return,
        end_to_end_id=row.end_to_end_id,
        counterparty_name=row.counterparty_name,
        counterparty_iban=row.counterparty_iban,
        remittance=row.remittance,
        matched_by=row.matched_by,
        reason=row.unmatched_reason,
        payment_number=row.payment.end_to_end_id if row.payment else "",
        report_number=row.payment.statement.number if row.payment else "",
        candidates=()
        if row.matched_by
        else tuple(
            Candidate(payment.uuid, payment.end_to_end_id, payment.statement.number, payment.name)
            for payment in fits
        ),
    )
