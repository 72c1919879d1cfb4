"""What a decision is made of: only ints, so that an argument, a table row and an array row are the same.

Money is grosze, rates are basis points, days count from 1970-01-01, flags are 0 or 1.
A field left at its default means "no such rule".
"""

from typing import NamedTuple

# No limit, no such price, no end. Leaves room for a rate's multiplication inside 64 bits.
UNLIMITED = 10**15
# No such day: no referral, no consent, no earlier service.
NEVER = -(10**9)

ANY_SEX = 0
FEMALE = 1
MALE = 2

APPROVED = 1
PARTIAL = 2
DENIED = 3
PENDED = 4


class Line(NamedTuple):
    """What was done: one service of a claim, with the facts about it, its patient and its provider."""

    quantity: int
    billed_unit_price: int
    contract_unit_price: int = UNLIMITED
    network: int = 1
    service_day: int = 0
    # The day on which the claim reached the insurer.
    filed_day: int = 0
    # Full years on the service day.
    age: int = 0
    sex: int = ANY_SEX
    # The day the referral was issued.
    referral_day: int = NEVER
    # The day the insurer's consent was given.
    authorized_day: int = NEVER
    # The closest other day, earlier or later, with the same service.
    nearest_service_day: int = NEVER
    # A service that excludes this one was done the same day.
    combined: int = 0
    duplicate: int = 0
    manual_review: int = 0
    provider_active: int = 1
    terms_accepted: int = 1
    on_price_list: int = 1


class Terms(NamedTuple):
    """What cover and plan say about the service on its day."""

    person_found: int = 1
    cover_active: int = 1
    cover_from_day: int = -UNLIMITED
    # The last covered day.
    cover_to_day: int = UNLIMITED
    suspended_from_day: int = UNLIMITED
    # How many days after the service a claim may still be filed.
    filing_days: int = UNLIMITED
    covered: int = 1
    excluded: int = 0
    age_from: int = 0
    # The first age that is no longer covered.
    age_below: int = UNLIMITED
    sex: int = ANY_SEX
    # The first day after the waiting period.
    first_payable_day: int = -UNLIMITED
    referral_required: int = 0
    referral_days: int = UNLIMITED
    authorization_required: int = 0
    interval_days: int = 0
    price_limit: int = UNLIMITED
    refund_rate_bp: int = 10_000
    # Out of network: the most paid for one unit.
    refund_cap: int = UNLIMITED
    # Below this amount a line is paid by the patient alone, from it on as if there were none.
    franchise: int = 0
    # For each allowed unit.
    copay: int = 0
    coinsurance_bp: int = 0


class Usage(NamedTuple):
    """What is left of every limit that one line counts against."""

    units_left: int = UNLIMITED
    amount_left: int = UNLIMITED
    deductible_left: int = 0
    insured_sum_left: int = UNLIMITED


class GroupUsage(NamedTuple):
    """What is left of the limits that a group of services shares."""

    units_left: int = UNLIMITED
    amount_left: int = UNLIMITED


class PlanUsage(NamedTuple):
    """What is left of the deductible and of the sum insured, across all groups."""

    deductible_left: int = 0
    insured_sum_left: int = UNLIMITED


class Decision(NamedTuple):
    """One amount for each step, in their order, so that a decision explains itself.

    benefit + patient_pays + write_off == submitted, and patient_pays is the sum of denied, top_up,
    franchise, deductible, copay, coinsurance and over_limit.
    """

    submitted: int
    units_allowed: int
    units_denied: int
    # Allowed units at the recognized price.
    charge: int
    write_off: int
    # Denied units at the recognized price.
    denied: int
    # The three parts of top_up.
    above_price_limit: int
    above_refund_rate: int
    above_refund_cap: int
    top_up: int
    franchise: int
    deductible: int
    copay: int
    coinsurance: int
    over_limit: int
    benefit: int
    patient_pays: int
    # Why nothing may be paid, or 0 (reasons.py).
    denial: int
    # Why a person must look, or 0 (reasons.py).
    held: int
    outcome: int
