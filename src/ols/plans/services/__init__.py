"""Writing plans, benefits and price limits: every number an insurer promises enters here."""

from ols.plans.services.benefits import (
    BenefitCodeTaken,
    BenefitDraft,
    ServiceInTwoBenefits,
    TermsPublished,
    remove_benefit,
    save_benefit,
)
from ols.plans.services.limit_drafts import (
    ChangeDone,
    LimitChange,
    LimitsChanged,
    NothingChanges,
    RowsRefused,
    apply_limit_change,
    discard_limit_change,
    keep_limit_change,
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
from ols.plans.services.price_limits import LimitInPast, undo_planned_limits, write_price_limits

__all__ = [
    "BenefitCodeTaken",
    "BenefitDraft",
    "ChangeDone",
    "DraftExists",
    "LimitChange",
    "LimitInPast",
    "LimitsChanged",
    "NotAfterLastTerms",
    "NothingChanges",
    "NothingPromised",
    "PlanCodeTaken",
    "RowsRefused",
    "ServiceInTwoBenefits",
    "TermsPublished",
    "apply_limit_change",
    "create_plan",
    "discard_limit_change",
    "draft_terms",
    "keep_limit_change",
    "publish_terms",
    "remove_benefit",
    "save_benefit",
    "undo_planned_limits",
    "write_price_limits",
]
