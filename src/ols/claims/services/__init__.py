"""Writing claims: one module a use case."""

from ols.claims.services.announce import announce_claim
from ols.claims.services.authorize import (
    IdempotencyConflict,
    KeyInvalid,
    authorize_claim,
    check_claim,
)
from ols.claims.services.counters import open_usage_years
from ols.claims.services.decide import UnknownService
from ols.claims.services.draft import DraftInvalid
from ols.claims.services.identify import LookupIncomplete, find_coverage
from ols.claims.services.keep_draft import close_draft, discard_draft, open_draft, save_draft
from ols.claims.services.steps import (
    AuthorizationExpired,
    RemarkMissing,
    approve_claim,
    cancel_claim,
    confirm_claim,
    deny_claim,
    expire_claims,
    lock_claims,
    reverse_claim,
)
from ols.claims.services.together import CoverageNotFound

__all__ = [
    "AuthorizationExpired",
    "CoverageNotFound",
    "DraftInvalid",
    "IdempotencyConflict",
    "KeyInvalid",
    "LookupIncomplete",
    "RemarkMissing",
    "UnknownService",
    "announce_claim",
    "approve_claim",
    "authorize_claim",
    "cancel_claim",
    "check_claim",
    "close_draft",
    "confirm_claim",
    "deny_claim",
    "discard_draft",
    "expire_claims",
    "find_coverage",
    "lock_claims",
    "open_draft",
    "open_usage_years",
    "reverse_claim",
    "save_draft",
]
