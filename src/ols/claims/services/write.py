"""What a decision writes, each row by its own context, all of it sent with the commit."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import NamedTuple, TypeVar
from uuid import UUID

from ols.adjudication import reasons, types
from ols.adjudication.version import rules_version
from ols.audit import services as audit
from ols.claims.facts import ClaimFacts
from ols.claims.services.decide import Decided
from ols.claims.states import ClaimStatus
from ols.claims.types import ClaimDraft
from ols.db.pipeline import Pipeline, Statement
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.notifications import services as notifications

_CLAIM = Statement(
    "claim_insert",
    "INSERT INTO claims_claim (id, uuid, number, insurer_id, provider_id, contract_id, person_id,"
    " coverage_id, practitioner_npwz, service_date, diagnosis, referral_number, referral_date, status,"
    " outcome, submitted_gr, insurer_gr, patient_gr, write_off_gr, idempotency_key, request_sha256,"
    " rules_version, user_id, decided_at, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
    " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
)
_T = TypeVar("_T")
_LINE_COLUMNS = (
    "claim_id, position, person_id, service_id, service_code, service_name, benefit_code, service_date,"
    " quantity, billed_gr, insurer_gr, patient_gr, write_off_gr, outcome, reasons, decision, facts"
)
_LINE_WIDTH = 17
_MOST_ROWS = 8


@cache
def lines_statement(count: int) -> Statement:
    """Return the statement that inserts so many lines."""
    rows = ", ".join(_row(number, _LINE_WIDTH) for number in range(count))
    return Statement(
        f"claim_lines_{count}",
        f"INSERT INTO claims_line ({_LINE_COLUMNS}) VALUES {rows}",  # noqa: S608 - numbered parameters only
    )


@cache
def moves_statement(count: int) -> Statement:
    """Return the statement that moves so many counters and keeps how; $1 is the claim, $2 the moment."""
    rows = ", ".join(
        f"(${n}::bigint, ${n + 1}::int, ${n + 2}::bigint, ${n + 3}::bigint)"
        for n in range(3, 3 + 4 * count, 4)
    )
    return Statement(
        f"usage_moves_{count}",
        f"WITH moved (usage_id, units, amount_gr, deductible_gr) AS (VALUES {rows}), kept AS ("  # noqa: S608
        " INSERT INTO claims_usage_movement (usage_id, units, amount_gr, deductible_gr, claim_id, at)"
        " SELECT usage_id, units, amount_gr, deductible_gr, $1, $2 FROM moved)"
        " UPDATE claims_usage u SET used_units = u.used_units + m.units, used_gr = u.used_gr + m.amount_gr,"
        " used_deductible_gr = u.used_deductible_gr + m.deductible_gr, moves = u.moves + 1"
        " FROM moved m WHERE u.id = m.usage_id",
    )


def _parts(rows: Sequence[_T]) -> Iterable[Sequence[_T]]:
    """Cut into parts of a few sizes: each size is a statement that every connection prepares."""
    return (rows[first : first + _MOST_ROWS] for first in range(0, len(rows), _MOST_ROWS))


def _row(number: int, width: int) -> str:
    first = number * width + 1
    return "(" + ", ".join(f"${n}" for n in range(first, first + width)) + ")"


_STATUS_OF = {
    types.APPROVED: ClaimStatus.AUTHORIZED,
    types.PARTIAL: ClaimStatus.AUTHORIZED,
    types.DENIED: ClaimStatus.DENIED,
    types.PENDED: ClaimStatus.PENDED,
}


class NewClaim(NamedTuple):
    """The identity of a claim about to be written, and what was asked."""

    id: int
    uuid: UUID
    number: str
    provider_id: int
    draft: ClaimDraft
    idempotency_key: str
    request_sha256: bytes
    valid_until: datetime


def status_of(decided: Decided) -> str:
    """Return the status a decision begins in."""
    return _STATUS_OF[decided.decision.outcome]


def queue_claim(
    pipeline: Pipeline, *, actor: Actor, new: NewClaim, facts: ClaimFacts, decided: Decided, at: datetime
) -> None:
    """Queue everything the decision writes: claim, lines, counters, ledger, audit and outbox."""
    _queue_rows(pipeline, actor, new, facts, decided, at)
    for part in _parts(decided.movements):
        pipeline.queue(moves_statement(len(part)), new.id, at, *chain.from_iterable(part))
    status, owed = status_of(decided), decided.decision.benefit
    if status == ClaimStatus.AUTHORIZED and owed:
        ledger.queue_post(
            pipeline, kind="claim.decided", reference=new.uuid, idempotency_key=f"claim.decided:{new.uuid}",
            transfer=claim_transfer(facts.cover.insurer_id, new.provider_id, owed), at=at,
        )  # fmt: skip
    audit.queue_record(
        pipeline, event="claim.authorize", subject_kind="claim", subject_uuid=new.uuid, actor=actor, at=at,
        data={"outcome": decided.outcome, "insurer_gr": owed, "patient_gr": decided.decision.patient_pays},
    )  # fmt: skip
    notifications.queue_message(
        pipeline, kind="claim.decided", payload={"claim": str(new.uuid), "status": status}, at=at
    )


def claim_transfer(insurer_id: int, provider_id: int, amount_gr: int) -> ledger.Transfer:
    """Return the booking of a decided benefit: the insurer's expense is owed to the provider."""
    return ledger.Transfer(
        source=ledger.insurer_account(insurer_id=insurer_id, purpose="benefit-expense"),
        destination=ledger.provider_account(insurer_id=insurer_id, provider_id=provider_id, stage="decided"),
        amount_gr=amount_gr,
    )


def _queue_rows(
    pipeline: Pipeline, actor: Actor, new: NewClaim, facts: ClaimFacts, decided: Decided, at: datetime
) -> None:
    """Queue the claim's row and its lines."""
    draft, cover, total = new.draft, facts.cover, decided.decision
    pipeline.queue(
        _CLAIM, new.id, new.uuid, new.number, cover.insurer_id, new.provider_id, cover.contract_id,
        cover.person_id, cover.coverage_id, draft.practitioner_npwz, draft.service_date, draft.diagnosis,
        draft.referral_number, draft.referral_date, status_of(decided), decided.outcome, total.submitted,
        total.benefit, total.patient_pays, total.write_off, new.idempotency_key, new.request_sha256,
        rules_version(), actor.user_id or 0, at, new.valid_until,
    )  # fmt: skip
    rows = zip(draft.lines, facts.items, decided.lines, decided.usages, total.decisions, strict=True)
    lines = [
        (
            new.id, position, cover.person_id, item.service_id, asked.service_code, item.service_name,
            item.benefit_code, draft.service_date, line.quantity, line.billed_unit_price, decision.benefit,
            decision.patient_pays, decision.write_off, reasons.OUTCOME_NAMES[decision.outcome],
            reasons.reasons_of(decision), tuple(decision), line + terms + usage,
        )
        for position, (asked, item, (line, terms, _), usage, decision) in enumerate(rows, start=1)
    ]  # fmt: skip
    for part in _parts(lines):
        pipeline.queue(lines_statement(len(part)), *chain.from_iterable(part))
