"""Stable reason codes: stored with decisions and sent to other systems, so none is ever renumbered.

1xx identity and cover, 2xx provider, 3xx product, 4xx limits, 5xx price, 6xx held for a person.
"""

from ols.adjudication import types

NONE = 0

NOT_FOUND = 101
NOT_ACTIVE = 102
COVER_NOT_STARTED = 103
COVER_ENDED = 104
PREMIUM_SUSPENDED = 105
FUTURE_DATE = 106
FILED_TOO_LATE = 107

PROVIDER_NOT_ACTIVE = 201
TERMS_NOT_ACCEPTED = 202
NOT_ON_PRICE_LIST = 203

NOT_COVERED = 301
EXCLUDED = 302
AGE = 303
SEX = 304
WAITING_PERIOD = 305
REFERRAL_MISSING = 306
REFERRAL_EXPIRED = 307
AUTH_REQUIRED = 308
INTERVAL = 309
COMBINATION = 310

LIMIT_COUNT = 401
LIMIT_AMOUNT = 402

LIMIT_PRICE = 501
PRICE_ABOVE_CONTRACT = 502

DUPLICATE = 601
MANUAL_REVIEW = 602

NAMES: dict[int, str] = {
    NOT_FOUND: "NOT_FOUND",
    NOT_ACTIVE: "NOT_ACTIVE",
    COVER_NOT_STARTED: "COVER_NOT_STARTED",
    COVER_ENDED: "COVER_ENDED",
    PREMIUM_SUSPENDED: "PREMIUM_SUSPENDED",
    FUTURE_DATE: "FUTURE_DATE",
    FILED_TOO_LATE: "FILED_TOO_LATE",
    PROVIDER_NOT_ACTIVE: "PROVIDER_NOT_ACTIVE",
    TERMS_NOT_ACCEPTED: "TERMS_NOT_ACCEPTED",
    NOT_ON_PRICE_LIST: "NOT_ON_PRICE_LIST",
    NOT_COVERED: "NOT_COVERED",
    EXCLUDED: "EXCLUDED",
    AGE: "AGE",
    SEX: "SEX",
    WAITING_PERIOD: "WAITING_PERIOD",
    REFERRAL_MISSING: "REFERRAL_MISSING",
    REFERRAL_EXPIRED: "REFERRAL_EXPIRED",
    AUTH_REQUIRED: "AUTH_REQUIRED",
    INTERVAL: "INTERVAL",
    COMBINATION: "COMBINATION",
    LIMIT_COUNT: "LIMIT_COUNT",
    LIMIT_AMOUNT: "LIMIT_AMOUNT",
    LIMIT_PRICE: "LIMIT_PRICE",
    PRICE_ABOVE_CONTRACT: "PRICE_ABOVE_CONTRACT",
    DUPLICATE: "DUPLICATE",
    MANUAL_REVIEW: "MANUAL_REVIEW",
}
CODES: dict[str, int] = {name: code for code, name in NAMES.items()}

OUTCOME_NAMES: dict[int, str] = {
    types.APPROVED: "APPROVED",
    types.PARTIAL: "PARTIAL",
    types.DENIED: "DENIED",
    types.PENDED: "PENDED",
}
CLAIM_OUTCOME_NAMES: dict[int, str] = {
    types.APPROVED: "APPROVED",
    types.PARTIAL: "APPROVED_PARTIALLY",
    types.DENIED: "DENIED",
    types.PENDED: "PENDED_MANUAL",
}


def reasons_of(decision: types.Decision) -> tuple[int, ...]:
    """Return every reason of a decision in the order of the rules, the merely informative ones last."""
    out_of_units = decision.units_denied > 0 and decision.denial == NONE
    applies = (
        (decision.denial, decision.denial != NONE),
        (LIMIT_COUNT, out_of_units),
        (LIMIT_AMOUNT, decision.over_limit > 0),
        (decision.held, decision.held != NONE),
        (LIMIT_PRICE, decision.above_price_limit > 0),
        (PRICE_ABOVE_CONTRACT, decision.write_off > 0),
    )
    return tuple(code for code, holds in applies if holds)
