"""What goes into a decision and what comes out, for whoever asks: pages, the API, files."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ols.adjudication.explain import Step
from ols.adjudication.types import Decision
from ols.audit.selectors import HistoryRow


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
    """What is left of one benefit in the policy year, and of how much; None means no such limit."""

    code: str
    name: str
    units_left: int | None
    amount_left_gr: int | None
    is_shared: bool
    units_limit: int | None = None
    amount_limit_gr: int | None = None


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


@dataclass(frozen=True)
class Lookup:
    """How a person is identified: a PESEL, a card number, or a policy number with the birth date."""

    pesel: str = ""
    card_number: str = ""
    policy_number: str = ""
    birth_date: date | None = None


@dataclass(frozen=True)
class CoverageFound:
    """A cover as a receptionist may see it: no surname, no PESEL, nothing of other clinics."""

    coverage_uuid: UUID
    person_id: int
    insurer_id: int
    insurer_name: str
    first_name: str
    last_initial: str
    birth_year: int
    product: str
    policy_number: str
    card_number: str
    cover_from: date
    cover_to: date
    suspended_from: date | None
    is_in_force: bool
    left: tuple[BenefitLeft, ...]
    deductible_left_gr: int


@dataclass(frozen=True)
class Identification:
    """What a check found; empty: the page explains the refund route."""

    found: tuple[CoverageFound, ...]


@dataclass(frozen=True)
class ServiceChoice:
    """A service the provider may claim from this cover's insurer on the day, at its accepted price."""

    code: str
    name: str
    price_gr: int
    area_id: int
    needs_referral: bool


@dataclass(frozen=True)
class ClaimFilters:
    """What a list shows; empty fields do not filter. `query` finds a number, a service or its code."""

    status: str = ""
    service_from: date | None = None
    service_to: date | None = None
    query: str = ""


@dataclass(frozen=True)
class ClaimsWaiting:
    """Claims granted and not confirmed yet, when the first of them expires, and those the insurer decides."""

    to_confirm: int
    first_expires_at: datetime | None
    held: int


@dataclass(frozen=True)
class ClaimTotals:
    """The foot of a list."""

    count: int
    submitted_gr: int
    insurer_gr: int
    patient_gr: int


@dataclass(frozen=True)
class ClaimRow:
    """A claim in a list; `counterpart` is the insurer for a provider and the provider for an insurer."""

    uuid: UUID
    number: str
    service_date: date
    decided_at: datetime
    status: str
    outcome: str
    counterpart: str
    patient: str
    submitted_gr: int
    insurer_gr: int
    patient_gr: int
    service_codes: str


@dataclass(frozen=True)
class ClaimDetail:
    """Everything one side may see of its own claim; `actions` are the steps the actor may take now.

    `left` is what remains of the benefits of its lines in the policy year of the service, as of now.
    """

    uuid: UUID
    number: str
    status: str
    outcome: str
    insurer_id: int
    insurer_name: str
    provider_id: int
    provider_name: str
    patient: str
    birth_year: int
    service_date: date
    practitioner_npwz: str
    diagnosis: str
    referral_number: str
    referral_date: date | None
    submitted_gr: int
    insurer_gr: int
    patient_gr: int
    write_off_gr: int
    decided_at: datetime
    valid_until: datetime
    confirmed_at: datetime | None
    closed_at: datetime | None
    rules_version: str
    lines: tuple[DecidedLine, ...]
    actions: tuple[str, ...]
    history: tuple[HistoryRow, ...]
    left: tuple[BenefitLeft, ...]


@dataclass(frozen=True)
class KeptDraft:
    """A claim somebody has begun: `content` is what was typed, field by field, checked by nobody.

    `claim_uuid` is set once the draft became a claim.
    """

    uuid: UUID
    coverage_uuid: UUID
    content: dict[str, str]
    saved_at: datetime
    claim_uuid: UUID | None
