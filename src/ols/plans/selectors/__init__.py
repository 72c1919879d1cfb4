"""Reading plans, their terms and the price limits."""

from ols.plans.selectors.limits import (
    ChangeRow,
    LimitChangeRow,
    LimitRow,
    PriceLimitRow,
    Revision,
    limit_change,
    limit_revision,
    limit_rows,
    limit_timelines,
    price_limit_history,
    price_limits,
)
from ols.plans.selectors.terms import (
    BenefitRow,
    PlanDetail,
    PlanRow,
    TermsRow,
    benefit,
    plan,
    plan_ids_by_code,
    plans,
)

__all__ = [
    "BenefitRow",
    "ChangeRow",
    "LimitChangeRow",
    "LimitRow",
    "PlanDetail",
    "PlanRow",
    "PriceLimitRow",
    "Revision",
    "TermsRow",
    "benefit",
    "limit_change",
    "limit_revision",
    "limit_rows",
    "limit_timelines",
    "plan",
    "plan_ids_by_code",
    "plans",
    "price_limit_history",
    "price_limits",
]
