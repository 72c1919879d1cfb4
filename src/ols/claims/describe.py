"""Decisions told with stable codes: the same words for a fresh decision, a stored one and an estimate."""

from datetime import date

from ols.adjudication import explain, reasons
from ols.adjudication.types import Decision
from ols.claims.types import DecidedLine


def described_line(  # noqa: PLR0913 - the fields of one row
    *,
    position: int,
    service_code: str,
    service_name: str,
    service_date: date,
    quantity: int,
    billed_gr: int,
    decision: Decision,
    outcome: str = "",
) -> DecidedLine:
    """Return the line with reasons and steps by name; `outcome` is given where a person changed it."""
    return DecidedLine(
        position=position,
        service_code=service_code,
        service_name=service_name,
        service_date=service_date,
        quantity=quantity,
        billed_gr=billed_gr,
        submitted_gr=decision.submitted,
        insurer_gr=decision.benefit,
        patient_gr=decision.patient_pays,
        write_off_gr=decision.write_off,
        outcome=outcome or reasons.OUTCOME_NAMES[decision.outcome],
        reasons=tuple(reasons.NAMES[code] for code in reasons.reasons_of(decision)),
        steps=explain.steps(decision),
        decision=decision,
    )
