"""Reading claims, always for one actor: a provider sees its own, an insurer those against it."""

from ols.claims.selectors.covers import (
    benefits_left,
    cover,
    covers_of,
    insurer_of_coverage,
    services_for_claim,
)
from ols.claims.selectors.detail import claim_detail
from ols.claims.selectors.drafts import kept_draft, kept_drafts
from ols.claims.selectors.lists import claim_totals, claims, claims_waiting, pended_claims, similar_claims
from ols.claims.selectors.stored import claim_row, stored_answer

__all__ = [
    "benefits_left",
    "claim_detail",
    "claim_row",
    "claim_totals",
    "claims",
    "claims_waiting",
    "cover",
    "covers_of",
    "insurer_of_coverage",
    "kept_draft",
    "kept_drafts",
    "pended_claims",
    "services_for_claim",
    "similar_claims",
    "stored_answer",
]
