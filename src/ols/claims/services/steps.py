"""What happens to a claim after its decision; every step goes through the state machine."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Sum

from ols.accounts.permissions import Permission
from ols.adjudication import claim as rules
from ols.adjudication import reasons, types
from ols.claims import models, selectors, states
from ols.claims.services.letters import write_decision
from ols.claims.services.write import claim_transfer
from ols.claims.states import ClaimStatus
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.notifications import services as notifications
from ols.workflow import machine

_VALID = timedelta(hours=24)


class AuthorizationExpired(Exception):
    """The decision was valid for 24 h and is over; the claim has to be made anew."""


class RemarkMissing(ValueError):
    """The step needs a reason in words."""


@use_case
def confirm_claim(*, actor: Actor, claim_uuid: UUID, at: datetime) -> None:
    """Say that the service was performed: from now on the claim can be settled.

    :raises NotFound: no such claim of this provider
    :raises AuthorizationExpired: the decision is not valid any more
    :raises TransitionRefused: the claim is not authorized
    """
    claim = _own(actor, Permission.CLAIM_SUBMIT, claim_uuid)
    if claim.status == ClaimStatus.AUTHORIZED and claim.valid_until < at:
        raise AuthorizationExpired
    machine.apply(states.CLAIM, claim, "confirm", actor=actor, at=at, set_fields={"confirmed_at": at})


@use_case
def cancel_claim(*, actor: Actor, claim_uuid: UUID, at: datetime, remark: str = "") -> None:
    """Give up a claim whose service was not performed: limits and booking are taken back.

    :raises NotFound: no such claim of this provider
    :raises TransitionRefused: the claim is confirmed, denied or closed already
    """
    claim = _own(actor, Permission.CLAIM_SUBMIT, claim_uuid)
    was_booked = claim.status == ClaimStatus.AUTHORIZED
    _close(claim, "cancel", actor=actor, at=at, remark=remark, was_booked=was_booked)


@use_case
def reverse_claim(*, actor: Actor, claim_uuid: UUID, at: datetime, remark: str) -> None:
    """Take back a confirmed claim: limits are given back from now on, the booking gets its opposite.

    A report that holds the claim is never edited: the next one gets a correction.

    :raises NotFound: no such claim of this provider
    :raises RemarkMissing: the reason is empty
    :raises TransitionRefused: the claim is not confirmed
    """
    if not remark.strip():
        raise RemarkMissing
    claim = _own(actor, Permission.CLAIM_SUBMIT, claim_uuid)
    _close(claim, "reverse", actor=actor, at=at, remark=remark, was_booked=True)


@use_case
def approve_claim(*, actor: Actor, claim_uuid: UUID, at: datetime, remark: str = "") -> None:
    """Release a held claim as it was proposed: its limits are reserved already, now it is owed.

    :raises NotFound: no such claim against this insurer
    :raises TransitionRefused: the claim is not held
    """
    claim = _own(actor, Permission.CLAIM_REVIEW, claim_uuid)
    lines = list(claim.lines.order_by("position"))
    for line in lines:
        if line.outcome == reasons.OUTCOME_NAMES[types.PENDED]:
            line.outcome = reasons.OUTCOME_NAMES[_outcome_if_released(line)]
    models.ClaimLine.objects.bulk_update(lines, ["outcome"])
    machine.apply(
        states.CLAIM, claim, "approve", actor=actor, at=at, remark=remark,
        set_fields={"valid_until": at + _VALID, "outcome": _claim_outcome(lines)},
    )  # fmt: skip
    _book(claim, "claim.decided", at=at)
    _tell(claim, at)
    write_decision(claim, "claim_approved", remark=remark, at=at)


@use_case
def deny_claim(*, actor: Actor, claim_uuid: UUID, at: datetime, remark: str) -> None:
    """Refuse a held claim for the reason given: the limits are given back, the patient owes the whole.

    :raises NotFound: no such claim against this insurer
    :raises RemarkMissing: the reason is empty
    :raises TransitionRefused: the claim is not held
    """
    if not remark.strip():
        raise RemarkMissing
    claim = _own(actor, Permission.CLAIM_REVIEW, claim_uuid)
    machine.apply(
        states.CLAIM, claim, "deny", actor=actor, at=at, remark=remark,
        set_fields={
            "outcome": reasons.OUTCOME_NAMES[types.DENIED],
            "insurer_gr": 0,
            "patient_gr": claim.submitted_gr - claim.write_off_gr,
            "closed_at": at,
        },
    )  # fmt: skip
    # What the rules refused keeps their reason: the patient is told why, not who looked.
    lines = list(claim.lines.exclude(outcome=reasons.OUTCOME_NAMES[types.DENIED]))
    for line in lines:
        _deny_line(line)
    models.ClaimLine.objects.bulk_update(
        lines, ["outcome", "insurer_gr", "patient_gr", "reasons", "decision"]
    )
    _give_back(claim, at=at)
    _tell(claim, at)
    write_decision(claim, "claim_denied", remark=remark, at=at)


def expire_claims(*, actor: Actor, at: datetime) -> int:
    """Close the authorized claims whose 24 h are over; return how many. Runs hourly, a transaction each."""
    due = models.Claim.objects.filter(status=ClaimStatus.AUTHORIZED, valid_until__lt=at).order_by("pk")
    return sum(_expire_one(actor=actor, claim_id=pk, at=at) for pk in list(due.values_list("pk", flat=True)))


@within_transaction
def lock_claims(*, claim_ids: Sequence[int]) -> None:
    """Keep the claims as they are until the caller's transaction ends: a reversal waits (for settlement)."""
    rows = models.Claim.objects.filter(pk__in=claim_ids).order_by("pk").select_for_update()
    list(rows.values_list("pk", flat=True))


@use_case
def _expire_one(*, actor: Actor, claim_id: int, at: datetime) -> bool:
    """Close the claim unless somebody confirmed or cancelled it meanwhile."""
    claim = models.Claim.objects.select_for_update().get(pk=claim_id)
    if claim.status != ClaimStatus.AUTHORIZED:
        return False
    _close(claim, "expire", actor=actor, at=at, was_booked=True)
    return True


def _own(actor: Actor, permission: str, claim_uuid: UUID) -> models.Claim:
    """Return the claim of the actor's organization, locked: what is given back depends on where it stands."""
    actor.require(permission)
    return selectors.claim_row(actor=actor, claim_uuid=claim_uuid, lock=True)


def _close(
    claim: models.Claim, action: str, *, actor: Actor, at: datetime, was_booked: bool, remark: str = ""
) -> None:
    """End a claim: the step first (it decides who was faster), then what the claim reserved and booked."""
    machine.apply(
        states.CLAIM, claim, action, actor=actor, at=at, remark=remark, set_fields={"closed_at": at}
    )
    _give_back(claim, at=at)
    if was_booked:
        _book(claim, f"claim.{action}", at=at, opposite=True)
    _tell(claim, at)


def _give_back(claim: models.Claim, *, at: datetime) -> None:
    """Move every counter back by what the claim moved it, in key order."""
    moved = (
        models.UsageMovement.objects.filter(claim_id=claim.pk)
        .values("usage_id")
        .annotate(units=Sum("units"), amount=Sum("amount_gr"), deductible=Sum("deductible_gr"))
        .order_by("usage_id")
    )
    for row in moved:
        models.Usage.objects.filter(pk=row["usage_id"]).update(
            used_units=F("used_units") - row["units"],
            used_gr=F("used_gr") - row["amount"],
            used_deductible_gr=F("used_deductible_gr") - row["deductible"],
            moves=F("moves") + 1,
        )
        models.UsageMovement.objects.create(
            claim_id=claim.pk, usage_id=row["usage_id"], at=at, units=-row["units"],
            amount_gr=-row["amount"], deductible_gr=-row["deductible"],
        )  # fmt: skip


def _book(claim: models.Claim, kind: str, *, at: datetime, opposite: bool = False) -> None:
    """Book what is owed, or its opposite; nothing for a claim the insurer pays nothing of."""
    if not claim.insurer_gr:
        return
    transfer = claim_transfer(claim.insurer_id, claim.provider_id, claim.insurer_gr)
    if opposite:
        transfer = ledger.Transfer(transfer.destination, transfer.source, transfer.amount_gr)
    ledger.post(
        kind=kind, reference=claim.uuid, idempotency_key=f"{kind}:{claim.uuid}", transfers=[transfer], at=at
    )


def _tell(claim: models.Claim, at: datetime) -> None:
    notifications.enqueue(
        kind="claim.changed", payload={"claim": str(claim.uuid), "status": claim.status}, at=at
    )


def _outcome_if_released(line: models.ClaimLine) -> int:
    """Return what the line would have been without the hold."""
    decision = types.Decision(*line.decision)
    cut = decision.units_denied > 0 or decision.over_limit > 0
    return types.PARTIAL if cut else types.APPROVED


def _claim_outcome(lines: Sequence[models.ClaimLine]) -> str:
    codes = {name: code for code, name in reasons.OUTCOME_NAMES.items()}
    return reasons.CLAIM_OUTCOME_NAMES[rules.claim_outcome(codes[line.outcome] for line in lines)]


def _deny_line(line: models.ClaimLine) -> None:
    """Turn the proposal into a refusal by a person; `facts` still tell what the rules had proposed."""
    proposed = types.Decision(*line.decision)
    whole = proposed.submitted - proposed.write_off
    nothing = types.Decision(*(0 for _ in proposed))
    refused = nothing._replace(
        submitted=proposed.submitted, units_denied=line.quantity, write_off=proposed.write_off, denied=whole,
        patient_pays=whole, denial=reasons.MANUAL_REVIEW, outcome=types.DENIED,
    )  # fmt: skip
    line.outcome = reasons.OUTCOME_NAMES[types.DENIED]
    line.insurer_gr, line.patient_gr = 0, whole
    line.reasons, line.decision = list(reasons.reasons_of(refused)), list(refused)
