"""Claims as stored: whose they are, and the answer that was given."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from ols.accounts.permissions import Permission
from ols.adjudication.types import Decision
from ols.claims import models
from ols.claims.describe import described_line
from ols.claims.types import Answer, DecidedLine
from ols.db.errors import NotFound
from ols.kernel.actor import Actor, NotPermitted

# By which column a kind of organization owns a claim, who stands opposite, and what lets its people see it.
_SIDES = {
    "provider": ("provider_id", "insurer_id", (Permission.CLAIM_SUBMIT, Permission.SETTLEMENT_VIEW)),
    "insurer": ("insurer_id", "provider_id", (Permission.CLAIM_REVIEW, Permission.PAYMENT_VIEW)),
}


def side_of(actor: Actor) -> tuple[str, str]:
    """Return the column that holds the actor's organization in a claim, and the one that holds the other.

    :raises NotPermitted: the actor may see no claims
    """
    own, other, sufficient = _SIDES.get(actor.organization_kind, ("", "", (Permission.CLAIM_SUBMIT,)))
    if actor.organization_id is None or not own or not any(map(actor.has, sufficient)):
        raise NotPermitted(sufficient[0])
    return own, other


def visible_to(actor: Actor) -> QuerySet[models.Claim]:
    """Return the claims of the actor's organization.

    :raises NotPermitted: the actor may see no claims
    """
    own, _ = side_of(actor)
    return models.Claim.objects.filter(**{own: actor.organization_id})


def claim_row(*, actor: Actor, claim_uuid: UUID, lock: bool = False) -> models.Claim:
    """Return one claim of the actor's organization, for the services of this package; `lock` keeps it still.

    :raises NotFound: there is none, or it is somebody else's
    """
    found = visible_to(actor).filter(uuid=claim_uuid)
    row = (found.select_for_update() if lock else found).first()
    if row is None:
        raise NotFound
    return row


def stored_answer(*, actor: Actor, claim_id: int) -> tuple[Answer, bytes]:
    """Return the answer as it was given, and the fingerprint of what was asked.

    :raises NotFound: there is none, or it is somebody else's
    """
    row = visible_to(actor).filter(pk=claim_id).first()
    if row is None:
        raise NotFound
    answer = Answer(
        claim_uuid=row.uuid,
        number=row.number,
        status=row.status,
        outcome=row.outcome,
        submitted_gr=row.submitted_gr,
        insurer_gr=row.insurer_gr,
        patient_gr=row.patient_gr,
        write_off_gr=row.write_off_gr,
        valid_until=row.valid_until,
        lines=stored_lines(row.lines.order_by("position")),
        is_repeated=True,
    )
    return answer, bytes(row.request_sha256)


def stored_lines(rows: QuerySet[models.ClaimLine] | Sequence[models.ClaimLine]) -> tuple[DecidedLine, ...]:
    """Return stored lines with the reasons and steps they were decided with."""
    return tuple(
        described_line(
            position=row.position,
            service_code=row.service_code,
            service_name=row.service_name,
            service_date=row.service_date,
            quantity=row.quantity,
            billed_gr=row.billed_gr,
            decision=Decision(*row.decision),
            outcome=row.outcome,
        )
        for row in rows
    )
