"""One claim on-line: its lines in the order given, each seeing what the earlier ones left."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ols.adjudication import types, waterfall
from ols.adjudication.types import Decision, GroupUsage, Line, PlanUsage, Terms, Usage

# The group of a line that no count or amount limit applies to.
NO_GROUP = -1
_NO_LIMITS = GroupUsage()
_NO_PLAN_LIMITS = PlanUsage()


class MoneyNotConserved(RuntimeError):
    """A decision created or lost money, or took a negative amount: a fault in the rules, not in the input."""


class ClaimLine(NamedTuple):
    """A line, the terms for it, and which of the claim's groups of limits it counts against."""

    line: Line
    terms: Terms
    group: int = NO_GROUP


class ClaimDecision(NamedTuple):
    """Decisions line by line, the counters after them, and the totals (grosze)."""

    decisions: tuple[Decision, ...]
    groups: tuple[GroupUsage, ...]
    plan: PlanUsage
    outcome: int
    submitted: int
    benefit: int
    patient_pays: int
    write_off: int


def adjudicate_claim(
    lines: Sequence[ClaimLine], *, groups: Sequence[GroupUsage] = (), plan: PlanUsage = _NO_PLAN_LIMITS
) -> ClaimDecision:
    """Decide a claim of one person.

    A limit that a family shares is simply the family's counter, passed here.

    :raises MoneyNotConserved: the rules are broken; nothing may be stored
    :raises IndexError: a line names a group that was not given
    """
    left = list(groups)
    decisions = []
    for line, terms, group in lines:
        if group < NO_GROUP:
            raise IndexError(group)
        limits = _NO_LIMITS if group == NO_GROUP else left[group]
        usage = Usage(limits.units_left, limits.amount_left, plan.deductible_left, plan.insured_sum_left)
        decision, after = waterfall.adjudicate_line(line, terms, usage)
        require_conserved(line, decision)
        if group != NO_GROUP:
            left[group] = GroupUsage(after.units_left, after.amount_left)
        plan = PlanUsage(after.deductible_left, after.insured_sum_left)
        decisions.append(decision)
    return ClaimDecision(
        tuple(decisions),
        tuple(left),
        plan,
        claim_outcome(decision.outcome for decision in decisions),
        sum(decision.submitted for decision in decisions),
        sum(decision.benefit for decision in decisions),
        sum(decision.patient_pays for decision in decisions),
        sum(decision.write_off for decision in decisions),
    )


def require_conserved(line: Line, decision: Decision) -> None:
    """Let a decision pass in which every grosz billed has exactly one payer.

    :raises MoneyNotConserved: it does not add up
    """
    borne = (
        decision.denied
        + decision.top_up
        + decision.franchise
        + decision.deductible
        + decision.copay
        + decision.coinsurance
        + decision.over_limit
    )
    adds_up = (
        decision.submitted == line.quantity * line.billed_unit_price
        and decision.benefit + decision.patient_pays + decision.write_off == decision.submitted
        and decision.patient_pays == borne
        and decision.units_allowed + decision.units_denied == line.quantity
    )
    if not adds_up or min(decision) < 0:
        raise MoneyNotConserved(f"{line} {decision}")


def claim_outcome(outcomes: Iterable[int]) -> int:
    """Approved or denied when every line is; held when any line is; else partly approved."""
    found = set(outcomes)
    if types.PENDED in found:
        return types.PENDED
    if found == {types.DENIED}:
        return types.DENIED
    if found <= {types.APPROVED}:
        return types.APPROVED
    return types.PARTIAL
