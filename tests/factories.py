"""Rows made directly, for tests that begin where another part's work ends."""

import itertools
from datetime import UTC, date, datetime, timedelta

from ols.claims import models as claims
from ols.db import transactions
from ols.ledger import services as ledger
from ols.network import models as network

_NUMBERS = itertools.count(1)
DECIDED_AT = datetime(2026, 11, 10, 9, tzinfo=UTC)


def contract(*, insurer, provider, iban: str, status: str = "active") -> network.Contract:
    """Return a contract between the two, with the account the insurer accepted."""
    return network.Contract.objects.create(
        number=f"U/2026/{next(_NUMBERS):05d}",
        insurer=insurer,
        provider=provider,
        status=status,
        iban=iban,
        bank_name="Bank Przykładowy (demo)",
        created_at=DECIDED_AT,
    )


@transactions.use_case
def claim(
    *,
    contract: network.Contract,
    insurer_gr: int,
    patient_gr: int = 0,
    status: str = "confirmed",
    service_date: date = date(2026, 11, 10),
) -> claims.Claim:
    """Return a decided claim of one line, booked as the claim path books it."""
    number = next(_NUMBERS)
    row = claims.Claim.objects.create(
        number=f"W/2026/{number:07d}",
        insurer_id=contract.insurer_id,
        provider_id=contract.provider_id,
        contract_id=contract.pk,
        person_id=1,
        coverage_id=1,
        service_date=service_date,
        status=status,
        outcome="APPROVED",
        submitted_gr=insurer_gr + patient_gr,
        insurer_gr=insurer_gr,
        patient_gr=patient_gr,
        write_off_gr=0,
        idempotency_key=f"factory-{number}",
        request_sha256=bytes(32),
        rules_version="test",
        user_id=1,
        decided_at=DECIDED_AT,
        valid_until=DECIDED_AT + timedelta(days=1),
        confirmed_at=DECIDED_AT,
    )
    claims.ClaimLine.objects.create(
        claim=row,
        position=1,
        person_id=1,
        service_id=1,
        service_code="CONS-001",
        service_name="Konsultacja",
        service_date=service_date,
        quantity=1,
        billed_gr=insurer_gr + patient_gr,
        insurer_gr=insurer_gr,
        patient_gr=patient_gr,
        write_off_gr=0,
        outcome="APPROVED",
        reasons=[],
        decision=[],
        facts=[],
    )
    book(row, kind="claim.decide")
    return row


@transactions.use_case
def reverse(row: claims.Claim) -> None:
    """Reverse a confirmed claim, with the opposite booking."""
    claims.Claim.objects.filter(pk=row.pk).update(status="reversed", closed_at=DECIDED_AT)
    book(row, kind="claim.reverse", forward=False)


def book(row: claims.Claim, *, kind: str, forward: bool = True) -> None:
    """Book the insurer's part of a claim, or take it back."""
    expense = ledger.insurer_account(insurer_id=row.insurer_id, purpose="benefit-expense")
    decided = ledger.provider_account(insurer_id=row.insurer_id, provider_id=row.provider_id, stage="decided")
    source, destination = (expense, decided) if forward else (decided, expense)
    ledger.post(
        kind=kind,
        reference=row.uuid,
        idempotency_key=f"{kind}:{row.uuid}",
        transfers=[ledger.Transfer(source, destination, row.insurer_gr)],
        at=DECIDED_AT,
    )
