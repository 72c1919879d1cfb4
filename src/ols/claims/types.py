"""What goes into a decision and what comes out, for whoever asks: pages, the API, files."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ols.adjudication.explain import Step
from ols.adjudication.types import Decision


@dataclass(frozen=True)
class DraftLine:
    """One service asked for; `billed_gr` is for one unit, None means the accepted price."""

    service_code: str
    quantity: int = 1
    billed_gr: int | None = None


@dataclass(frozen=True)
class ClaimDraft:
    """A claim as asked for, before any decision."""

    coverage_uuid: UUID
    service_date: date
    lines: tuple[DraftLine, ...]
    practitioner_npwz: str = ""
    diagnosis: str = ""
    referral_number: str = ""
    referral_date: date | None = None


@dataclass(frozen=True)
class BenefitLeft:
    """What is left of one benefit in the policy year; None means no such limit."""

    code: str
    name: str
    units_left: int | None
    amount_left_gr: int | None
    is_shared: bool


@dataclass(frozen=True)
class DecidedLine:
    """One decided service; `steps` lead from what was billed to what the insurer pays."""

    position: int
    service_code: str
    service_name: str
    service_date: date
    quantity: int
    billed_gr: int
    submitted_gr: int
    insurer_gr: int
    patient_gr: int
    write_off_gr: int
    outcome: str
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    decision: Decision


@dataclass(frozen=True)
class Answer:
    """A decision, or an estimate (no uuid, number, status or validity then).

    `left` is what remains after it of the benefits it touches; `is_repeated` says that this is
    the first answer, given again.
    """

    claim_uuid: UUID | None
    number: str
    status: str
    outcome: str
    submitted_gr: int
    insurer_gr: int
    patient_gr: int
    write_off_gr: int
    valid_until: datetime | None
    lines: tuple[DecidedLine, ...]
    left: tuple[BenefitLeft, ...] = ()
    is_repeated: bool = False
