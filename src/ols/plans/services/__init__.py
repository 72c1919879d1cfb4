"""Writing plans, benefits and price limits: every number an insurer promises enters here."""

from ols.plans.services.benefits import (
    BenefitCodeTaken,
    BenefitDraft,
    ServiceInTwoBenefits,
    TermsPublished,
    remove_benefit,
    save_benefit,
)
from ols.plans.services.plans import (
    DraftExists,
    NotAfterLastTerms,
    NothingPromised,
    PlanCodeTaken,
    create_plan,
    draft_terms,
    publish_terms,
)
from ols.plans.services.price_limits import LimitInPast, write_price_limits

__all__ = [
    "BenefitCodeTaken",
    "BenefitDraft",
    "DraftExists",
    "LimitInPast",
    "NotAfterLastTerms",
    "NothingPromised",
    "PlanCodeTaken",
    "ServiceInTwoBenefits",
    "TermsPublished",
    "create_plan",
    "draft_terms",
    "publish_terms",
    "remove_benefit",
    "save_benefit",
    "write_price_limits",
]
