"""What must hold for every decision, as checks that take the facts; each raises AssertionError.

Kept apart from the tests so that the same checks can be shown to catch planted faults.
"""

from fractions import Fraction
from typing import NamedTuple

from ols.adjudication import waterfall
from ols.adjudication.claim import adjudicate_claim, require_conserved
from ols.adjudication.types import DENIED, UNLIMITED, GroupUsage, Line, PlanUsage, Terms, Usage


class Situation(NamedTuple):
    """One line with everything it is decided by."""

    line: Line
    terms: Terms
    usage: Usage


# Every limit: raising it never pays less.
LIMITS = (
    ("line", "contract_unit_price"),
    ("terms", "price_limit"),
    ("terms", "refund_rate_bp"),
    ("terms", "refund_cap"),
    ("usage", "units_left"),
    ("usage", "amount_left"),
    ("usage", "insured_sum_left"),
)
# Every share of the patient: raising it never pays more.
SHARES = (
    ("terms", "franchise"),
    ("terms", "copay"),
    ("terms", "coinsurance_bp"),
    ("usage", "deductible_left"),
)


def _benefit(situation):
    return waterfall.adjudicate_line(*situation)[0].benefit


def _raised(situation, part, field, by):
    facts = getattr(situation, part)
    value = getattr(facts, field) + by
    if field.endswith("_bp"):
        value = min(value, 10_000)
    return situation._replace(**{part: facts._replace(**{field: value})})


def every_grosz_has_one_payer(situation):
    decision, _ = waterfall.adjudicate_line(*situation)
    require_conserved(situation.line, decision)


def higher_limit_never_pays_less(situation, by):
    for part, field in LIMITS:
        assert _benefit(_raised(situation, part, field, by)) >= _benefit(situation), field


def higher_share_never_pays_more(situation, by):
    for part, field in SHARES:
        assert _benefit(_raised(situation, part, field, by)) <= _benefit(situation), field


def nothing_is_above_any_limit(situation):
    line, terms, usage = situation
    decision, _ = waterfall.adjudicate_line(line, terms, usage)
    assert decision.units_allowed <= max(usage.units_left, 0)
    assert decision.benefit <= max(usage.amount_left, 0)
    assert decision.benefit <= max(usage.insured_sum_left, 0)
    assert decision.benefit <= decision.units_allowed * min(terms.price_limit, line.billed_unit_price)
    if line.network:
        assert decision.charge <= decision.units_allowed * line.contract_unit_price
    else:
        assert decision.benefit <= decision.units_allowed * terms.refund_cap
    assert decision.deductible <= max(usage.deductible_left, 0)
    assert decision.copay <= decision.units_allowed * terms.copay


def percentage_is_rounded_half_up_once_for_the_line(situation):
    decision, _ = waterfall.adjudicate_line(*situation)
    base = decision.charge - decision.top_up - decision.franchise - decision.deductible - decision.copay
    if decision.outcome == DENIED:
        assert decision.coinsurance == 0
        return
    exact = Fraction(base * situation.terms.coinsurance_bp, 10_000)
    assert -Fraction(1, 2) < decision.coinsurance - exact <= Fraction(1, 2)


def lines_see_what_earlier_lines_left(lines, group, plan):
    """All lines count against one group; the claim must equal the lines decided one after another."""
    decided = adjudicate_claim([(line, terms, 0) for line, terms in lines], groups=[group], plan=plan)
    usage = Usage(*group, *plan)
    for (line, terms), decision in zip(lines, decided.decisions, strict=True):
        expected, _ = waterfall.adjudicate_line(line, terms, usage)
        assert decision == expected
        if decision.outcome != DENIED:
            usage = Usage(
                _less(usage.units_left, decision.units_allowed),
                _less(usage.amount_left, decision.benefit),
                usage.deductible_left - decision.deductible,
                _less(usage.insured_sum_left, decision.benefit),
            )
    assert decided.groups == (GroupUsage(*usage[:2]),)
    assert decided.plan == PlanUsage(*usage[2:])


def claim_stays_inside_its_limits(lines, group, plan):
    decided = adjudicate_claim([(line, terms, 0) for line, terms in lines], groups=[group], plan=plan)
    moved = [decision for decision in decided.decisions if decision.outcome != DENIED]
    assert sum(decision.units_allowed for decision in moved) <= max(group.units_left, 0)
    assert decided.benefit <= max(group.amount_left, 0)
    assert decided.benefit <= max(plan.insured_sum_left, 0)
    assert sum(decision.deductible for decision in decided.decisions) <= max(plan.deductible_left, 0)
    assert decided.benefit + decided.patient_pays + decided.write_off == decided.submitted


def higher_limit_never_pays_less_for_a_claim(lines, group, plan, by):
    def benefit(group, plan):
        return adjudicate_claim(
            [(line, terms, 0) for line, terms in lines], groups=[group], plan=plan
        ).benefit

    paid = benefit(group, plan)
    assert benefit(group._replace(units_left=group.units_left + by % 12), plan) >= paid
    assert benefit(group._replace(amount_left=group.amount_left + by), plan) >= paid
    assert benefit(group, plan._replace(insured_sum_left=plan.insured_sum_left + by)) >= paid


def _less(left, spent):
    return left if left == UNLIMITED else left - spent
