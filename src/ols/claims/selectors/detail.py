"""One claim with everything its organization may see."""

from uuid import UUID

from django.db import connection

from ols.accounts import selectors as accounts
from ols.audit import selectors as audit
from ols.claims import models, states
from ols.claims.selectors.covers import benefits_left
from ols.claims.selectors.stored import claim_row, stored_lines
from ols.claims.types import BenefitLeft, ClaimDetail
from ols.kernel.actor import Actor

_PATIENT = """
SELECT first_name || ' ' || last_initial || '.', extract(year FROM birth_date)::int
FROM coverage_pub_identity WHERE coverage_id = %s
"""


def claim_detail(*, actor: Actor, claim_uuid: UUID) -> ClaimDetail:
    """Return the claim, its lines with steps and reasons, and its history.

    :raises NotFound: there is none, or it is somebody else's
    """
    row = claim_row(actor=actor, claim_uuid=claim_uuid)
    with connection.cursor() as cursor:
        cursor.execute(_PATIENT, [row.coverage_id])
        patient, birth_year = cursor.fetchone()
    return ClaimDetail(
        uuid=row.uuid,
        number=row.number,
        status=row.status,
        outcome=row.outcome,
        insurer_id=row.insurer_id,
        insurer_name=accounts.organization(organization_id=row.insurer_id).name,
        provider_id=row.provider_id,
        provider_name=accounts.organization(organization_id=row.provider_id).name,
        patient=patient,
        birth_year=birth_year,
        service_date=row.service_date,
        practitioner_npwz=row.practitioner_npwz,
        diagnosis=row.diagnosis,
        referral_number=row.referral_number,
        referral_date=row.referral_date,
        submitted_gr=row.submitted_gr,
        insurer_gr=row.insurer_gr,
        patient_gr=row.patient_gr,
        write_off_gr=row.write_off_gr,
        decided_at=row.decided_at,
        valid_until=row.valid_until,
        confirmed_at=row.confirmed_at,
        closed_at=row.closed_at,
        rules_version=row.rules_version,
        lines=stored_lines(row.lines.order_by("position")),
        actions=tuple(states.CLAIM.actions_from(row.status, actor)),
        history=tuple(audit.history(subject_uuid=row.uuid)),
        left=_left(row),
    )


def _left(row: models.Claim) -> tuple[BenefitLeft, ...]:
    """Return what is left of the benefits the claim's lines belong to."""
    touched = set(row.lines.values_list("benefit_code", flat=True))
    left = benefits_left(coverage_id=row.coverage_id, on=row.service_date)
    return tuple(benefit for benefit in left if benefit.code in touched)
