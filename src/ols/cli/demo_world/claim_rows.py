"""What a claim leaves in the tables: its own rows, the book's entries, the record's events."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from ols.accounts.permissions import Role
from ols.adjudication import reasons
from ols.adjudication.version import rules_version
from ols.claims.services.write import claim_transfer
from ols.claims.states import ClaimStatus
from ols.cli.demo_world.made import MadeClaim
from ols.cli.demo_world.world import World
from ols.kernel.actor import Actor
from ols.ledger.services import Transfer

STATUS_AFTER = {
    "cancel": ClaimStatus.CANCELLED,
    "expire": ClaimStatus.EXPIRED,
    "reverse": ClaimStatus.REVERSED,
}
_REMARK = "Świadczenie wpisane omyłkowo."


def record_decision(world: World, claim: MadeClaim) -> None:
    """Keep the event of the decision."""
    total = claim.decided.decision
    data = {
        "outcome": claim.decided.outcome,
        "insurer_gr": total.benefit,
        "patient_gr": total.patient_pays,
    }
    world.record("claim.authorize", "claim", claim.uuid, by=_actor(claim), at=claim.decided_at, data=data)


def record_step(world: World, claim: MadeClaim, action: str, at: datetime) -> None:
    """Keep the event of a step; what is taken back has a reason in words."""
    by = Actor.system("job") if action == "expire" else _actor(claim)
    remark = _REMARK if action == "reverse" else ""
    world.record(f"claim.{action}", "claim", claim.uuid, by=by, at=at, remark=remark)


def book(world: World, claim: MadeClaim, kind: str, at: datetime, *, is_opposite: bool = False) -> None:
    """Book what the insurer owes, or its opposite; nothing when it owes nothing."""
    if claim.insurer_gr:
        transfer = claim_transfer(claim.cover.insurer_id, claim.pair.clinic.firm.id, claim.insurer_gr)
        if is_opposite:
            transfer = Transfer(transfer.destination, transfer.source, transfer.amount_gr)
        world.post(kind, claim.uuid, f"{kind}:{claim.uuid}", [transfer], at=at)


def keep(world: World, claim: MadeClaim) -> None:
    """Keep the claim's row and its lines as they are at the end."""
    draft, total, cover = claim.draft, claim.decided.decision, claim.cover
    world.tables.add(
        "claims.Claim",
        id=claim.id,
        uuid=claim.uuid,
        number=claim.number,
        insurer_id=cover.insurer_id,
        provider_id=claim.pair.clinic.firm.id,
        contract_id=claim.facts.cover.contract_id,
        person_id=cover.person_id,
        coverage_id=cover.id,
        practitioner_npwz=draft.practitioner_npwz,
        service_date=draft.service_date,
        diagnosis=draft.diagnosis,
        referral_number=draft.referral_number,
        referral_date=draft.referral_date,
        status=claim.status,
        outcome=claim.decided.outcome,
        submitted_gr=total.submitted,
        insurer_gr=total.benefit,
        patient_gr=total.patient_pays,
        write_off_gr=total.write_off,
        idempotency_key=f"demo-{claim.id}",
        request_sha256=hashlib.sha256(claim.number.encode()).digest(),
        rules_version=rules_version(),
        user_id=_actor(claim).user_id,
        decided_at=claim.decided_at,
        valid_until=claim.valid_until,
        confirmed_at=claim.confirmed_at,
        closed_at=claim.closed_at,
    )
    _keep_lines(world, claim)


def _keep_lines(world: World, claim: MadeClaim) -> None:
    decided = claim.decided
    rows = zip(
        claim.draft.lines, claim.facts.items, decided.lines, decided.usages, decided.decision.decisions,
        strict=True,
    )  # fmt: skip
    for position, (asked, item, (line, terms, _), usage, decision) in enumerate(rows, start=1):
        world.tables.add(
            "claims.ClaimLine",
            claim_id=claim.id,
            position=position,
            person_id=claim.cover.person_id,
            service_id=item.service_id,
            service_code=asked.service_code,
            service_name=item.service_name,
            benefit_code=item.benefit_code,
            service_date=claim.draft.service_date,
            quantity=line.quantity,
            billed_gr=line.billed_unit_price,
            insurer_gr=decision.benefit,
            patient_gr=decision.patient_pays,
            write_off_gr=decision.write_off,
            outcome=reasons.OUTCOME_NAMES[decision.outcome],
            reasons=_array(reasons.reasons_of(decision)),
            decision=_array(decision),
            facts=_array(line + terms + usage),
        )


def _array(values: Iterable[int]) -> str:
    """Return numbers as the database writes an array: much faster than having each one adapted."""
    return f"{{{','.join(map(str, values))}}}"


def _actor(claim: MadeClaim) -> Actor:
    """Return the receptionist who made the claim."""
    return claim.pair.clinic.firm.actor(Role.RECEPTIONIST)
