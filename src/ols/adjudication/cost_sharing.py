"""What the patient bears of the amount that is left after pricing.

`if` rather than min() where a line always passes: a call costs more than all the arithmetic here.
"""

from ols.adjudication.types import Terms, Usage
from ols.kernel.compiled import compilable
from ols.kernel.money import share


@compilable
def amount_left(usage: Usage) -> int:
    """The tighter of the group's amount limit and the sum insured; below zero nothing is left."""
    return max(0, min(usage.amount_left, usage.insured_sum_left))


@compilable
def franchise(remaining: int, terms: Terms) -> int:
    """Below the franchise everything, at or above it nothing."""
    if remaining < terms.franchise:
        return remaining
    return 0


@compilable
def deductible(remaining: int, usage: Usage) -> int:
    """As much of the deductible as is still open."""
    if usage.deductible_left <= 0:
        return 0
    if remaining < usage.deductible_left:
        return remaining
    return usage.deductible_left


@compilable
def copay(remaining: int, units: int, terms: Terms) -> int:
    """A fixed amount for each allowed unit, never more than what is left."""
    fixed = units * terms.copay
    if remaining < fixed:
        return remaining
    return fixed


@compilable
def coinsurance(remaining: int, terms: Terms) -> int:
    """A percentage of what is left, rounded once per line, half up."""
    return share(remaining, terms.coinsurance_bp)


@compilable
def over_amount_limit(remaining: int, limit: int) -> int:
    """What the amount limit cuts off."""
    if remaining > limit:
        return remaining - limit
    return 0
