"""Bank statements: taken once, entry by entry matched to payments; what is unclear waits for a person."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.settlement import models, states
from ols.settlement.formats import camt053
from ols.settlement.formats.statement import Direction, Entry, Statement
from ols.settlement.services import matching, reconcile

# How far back a return may reach for the payment it gives back.
_RETURNS_REACH_BACK = timedelta(days=120)
# Our own payment number is used once; a title or an account may fit a later payment, too.
_GUESSED = (matching.BY_TITLE, matching.BY_ACCOUNT)


class AlreadyImported(Exception):
    """The very same file, or a statement in it (`statement_id`), was imported before; nothing changed."""

    def __init__(self, statement_id: str) -> None:
        super().__init__(statement_id)
        self.statement_id = statement_id


class ForeignAccount(Exception):
    """The statement is of an account (`iban`) that is not the insurer's."""

    def __init__(self, iban: str) -> None:
        super().__init__(iban)
        self.iban = iban


@use_case
def import_bank_statement(*, actor: Actor, content: bytes, file_name: str, at: datetime) -> list[UUID]:
    """Import every statement of a camt.053 file, or none of it; return their uuids.

    :raises ols.settlement.formats.statement.StatementRefused: not a statement that can be trusted
    :raises ForeignAccount, AlreadyImported: see the classes
    """
    actor.require(Permission.BANK_IMPORT)
    if actor.organization_kind != "insurer" or actor.organization_id is None:
        raise NotFound
    insurer = accounts.organization(organization_id=actor.organization_id)
    statements = camt053.read_statements(content)
    digest = sha256(content).hexdigest()
    if models.BankStatement.objects.filter(insurer_id=insurer.id, sha256=digest).exists():
        raise AlreadyImported(statements[0].statement_id)
    for statement in statements:
        if not _is_own_account(insurer, statement.account_iban):
            raise ForeignAccount(statement.account_iban)
    return [
        _take(statement, actor=actor, digest=digest, file_name=file_name, at=at) for statement in statements
    ]


@within_transaction
def _take(statement: Statement, *, actor: Actor, digest: str, file_name: str, at: datetime) -> UUID:
    row = _insert(statement, actor=actor, digest=digest, file_name=file_name, at=at)
    payments = _open_payments(insurer_id=row.insurer_id, at=at)
    # Money out before money in: a payment may come back on the statement it went out on.
    numbered = sorted(
        enumerate(statement.entries, start=1), key=lambda pair: pair[1].direction is Direction.CREDIT
    )
    for position, entry in numbered:
        found = matching.match(entry, list(payments.values()))
        if found.how in _GUESSED and _was_on_earlier(row, entry):
            found = matching.Match(None, reason=matching.NOTHING_FITS)
        taken = _insert_entry(row, position, entry, found)
        if found.payment_id is not None:
            changed = reconcile.settle_entry(
                entry=taken, payment_id=found.payment_id, how=found.how, actor=actor, at=at
            )
            payments[found.payment_id] = _open_payment(changed)
    audit.record(
        event="bank_statement.import",
        subject_kind="bank_statement",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"entries": len(statement.entries)},
    )
    return row.uuid


@within_transaction
def _insert(
    statement: Statement, *, actor: Actor, digest: str, file_name: str, at: datetime
) -> models.BankStatement:
    """Write the statement's row; the database refuses a second one with the same name, however it came."""
    insurer_id, user_id = actor.organization_id, actor.user_id
    assert insurer_id is not None
    assert user_id is not None
    try:
        return models.BankStatement.objects.create(
            insurer_id=insurer_id,
            sha256=digest,
            statement_id=statement.statement_id[:60],
            iban=statement.account_iban,
            opening_gr=statement.opening_gr,
            closing_gr=statement.closing_gr,
            imported_at=at,
            user_id=user_id,
            file_name=file_name[:200],
        )
    except IntegrityError as error:
        raise AlreadyImported(statement.statement_id) from error


def _is_own_account(insurer: accounts.OrganizationRow, iban: str) -> bool:
    """Say whether the insurer pays from the account, or did: transfers ordered before a change are on it."""
    paid_from = models.PaymentBatch.objects.filter(insurer_id=insurer.id, debtor_iban=iban)
    return iban == insurer.iban or (iban != "" and paid_from.exists())


def _was_on_earlier(row: models.BankStatement, entry: Entry) -> bool:
    """Say whether the very movement came before: some banks name a statement anew at each download."""
    return (
        entry.bank_reference != ""
        and models.BankEntry.objects.filter(
            statement__insurer_id=row.insurer_id,
            statement__iban=row.iban,
            bank_reference=entry.bank_reference[:80],
            booked_on=entry.booked_on,
            amount_gr=entry.amount_gr,
            is_credit=entry.direction is Direction.CREDIT,
        )
        .exclude(statement=row)
        .exists()
    )


@within_transaction
def _insert_entry(
    row: models.BankStatement, position: int, entry: Entry, found: matching.Match
) -> models.BankEntry:
    return models.BankEntry.objects.create(
        statement=row,
        position=position,
        is_credit=entry.direction is Direction.CREDIT,
        is_return=entry.returned,
        amount_gr=entry.amount_gr,
        booked_on=entry.booked_on,
        end_to_end_id=entry.end_to_end_id[:35],
        bank_reference=entry.bank_reference[:80],
        counterparty_name=entry.counterparty_name[:250],
        counterparty_iban=entry.counterparty_iban[:34],
        remittance=entry.remittance,
        unmatched_reason=found.reason,
    )


@within_transaction
def _open_payments(*, insurer_id: int, at: datetime) -> dict[int, matching.OpenPayment]:
    """Lock, in key order, the insurer's payments that a statement may still speak of."""
    since = days.local_date(at) - _RETURNS_REACH_BACK
    rows = (
        models.Payment.objects.select_for_update(of=("self",))
        .select_related("statement", "batch")
        .filter(Q(booked_on=None) | Q(booked_on__gte=since), cancelled_at=None, returned_on=None)
        .filter(batch__insurer_id=insurer_id)
        .exclude(batch__status=states.BatchStatus.PREPARED)
    )
    return {row.pk: _open_payment(row) for row in rows.order_by("pk")}


def _open_payment(row: models.Payment) -> matching.OpenPayment:
    return matching.OpenPayment(
        payment_id=row.pk,
        end_to_end_id=row.end_to_end_id,
        statement_number=row.statement.number,
        iban=row.iban,
        amount_gr=row.amount_gr,
        execution_on=row.batch.execution_on,
        booked_on=row.booked_on,
    )
