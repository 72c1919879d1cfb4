"""Booking. Balanced by construction, append-only, idempotent by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ols.db.pipeline import Pipeline, Statement
from ols.db.transactions import within_transaction
from ols.ledger import models

# An unknown account is a null the posting refuses: nothing is booked to nobody.
_POST = Statement(
    "ledger_post",
    "WITH entry AS ("
    " INSERT INTO ledger_entry (kind, reference, idempotency_key, at) VALUES ($1, $2, $3, $4) RETURNING id)"
    " INSERT INTO ledger_posting (entry_id, source_id, destination_id, amount_gr)"
    " SELECT id, (SELECT id FROM ledger_account WHERE code = $5),"
    " (SELECT id FROM ledger_account WHERE code = $6), $7 FROM entry",
)


@dataclass(frozen=True)
class Transfer:
    """`amount_gr` grosze (> 0) from one account code to another."""

    source: str
    destination: str
    amount_gr: int


def provider_account(*, insurer_id: int, provider_id: int, stage: str) -> str:
    """Return the code of what one insurer owes one provider at a stage: decided, payable."""
    return f"insurer:{insurer_id}:provider:{provider_id}:{stage}"


def insurer_account(*, insurer_id: int, purpose: str) -> str:
    """Return the code of an insurer's own account: benefit-expense, clearing, bank."""
    return f"insurer:{insurer_id}:{purpose}"


@within_transaction
def open_accounts(codes: Sequence[str]) -> dict[str, int]:
    """Make the accounts that do not exist yet; return the id of each code."""
    models.Account.objects.bulk_create(
        [models.Account(code=code) for code in sorted(set(codes))], ignore_conflicts=True
    )
    return dict(models.Account.objects.filter(code__in=codes).values_list("code", "id"))


@within_transaction
def post(
    *, kind: str, reference: UUID, idempotency_key: str, transfers: Sequence[Transfer], at: datetime
) -> None:
    """Book one entry with its postings; zero amounts are left out.

    :raises django.db.IntegrityError: the key was booked before (nothing is ever booked twice)
    """
    wanted = [transfer for transfer in transfers if transfer.amount_gr]
    ids = open_accounts([code for transfer in wanted for code in (transfer.source, transfer.destination)])
    entry = models.Entry.objects.create(
        at=at, kind=kind, reference=reference, idempotency_key=idempotency_key
    )
    models.Posting.objects.bulk_create(
        [
            models.Posting(
                entry=entry,
                source_id=ids[transfer.source],
                destination_id=ids[transfer.destination],
                amount_gr=transfer.amount_gr,
            )
            for transfer in wanted
        ]
    )


def queue_post(
    pipeline: Pipeline, *, kind: str, reference: UUID, idempotency_key: str, transfer: Transfer, at: datetime
) -> None:
    """Book one transfer with the next statements of a pipelined transaction; its accounts exist already.

    What the pipeline then raises: psycopg.errors.NotNullViolation for an account that does not exist,
    UniqueViolation for a key booked before.
    """
    pipeline.queue(
        _POST, kind, reference, idempotency_key, at, transfer.source, transfer.destination, transfer.amount_gr
    )
