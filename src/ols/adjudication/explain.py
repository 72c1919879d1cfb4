"""The steps of a decision, for people: nothing is computed here, a decision already names its amounts."""

from typing import NamedTuple

from ols.adjudication.types import Decision

# The order in which an amount goes from what was billed to what the insurer pays.
STEP_CODES = (
    "submitted",
    "write_off",
    "denied",
    "above_price_limit",
    "above_refund_rate",
    "above_refund_cap",
    "franchise",
    "deductible",
    "copay",
    "coinsurance",
    "over_limit",
    "benefit",
)
_ALWAYS_SHOWN = frozenset({"submitted", "benefit"})


class Step(NamedTuple):
    """One step: its stable code (a field of `Decision`) and its amount in grosze."""

    code: str
    amount: int


def steps(decision: Decision) -> tuple[Step, ...]:
    """Return the steps that took something, between what was billed and what the insurer pays."""
    amounts = decision._asdict()
    return tuple(Step(code, amounts[code]) for code in STEP_CODES if amounts[code] or code in _ALWAYS_SHOWN)
