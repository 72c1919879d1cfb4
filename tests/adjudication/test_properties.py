"""The laws hold for invented facts, and each law is shown to catch a fault planted in the rules."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.adjudication import facts, laws

from ols.adjudication import claim, cost_sharing, pricing, reasons, waterfall
from ols.adjudication.types import UNLIMITED

thorough = settings(max_examples=300, deadline=None)
# A planted fault must be found from a clean start, every time: no memory, no luck, no shrinking.
quick_find = settings(
    max_examples=1000,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
# Hypothesis also takes numbers from the code that is loaded: a long run looks at other examples first.
patient_find = settings(quick_find, max_examples=20_000)
steps = st.integers(0, 20_000)


@thorough
@given(facts.situations)
def test_every_grosz_has_one_payer(situation):
    laws.every_grosz_has_one_payer(situation)


@thorough
@given(facts.situations, steps)
def test_higher_limit_never_pays_less(situation, by):
    laws.higher_limit_never_pays_less(situation, by)


@thorough
@given(facts.situations, steps)
def test_higher_share_never_pays_more(situation, by):
    laws.higher_share_never_pays_more(situation, by)


@thorough
@given(facts.situations)
def test_nothing_is_above_any_limit(situation):
    laws.nothing_is_above_any_limit(situation)


@thorough
@given(facts.situations)
def test_percentage_is_rounded_half_up_once_for_the_line(situation):
    laws.percentage_is_rounded_half_up_once_for_the_line(situation)


@thorough
@given(facts.claims)
def test_lines_see_what_earlier_lines_left(claim_facts):
    laws.lines_see_what_earlier_lines_left(*claim_facts)


@thorough
@given(facts.claims)
def test_claim_stays_inside_its_limits(claim_facts):
    laws.claim_stays_inside_its_limits(*claim_facts)


@thorough
@given(facts.claims, steps)
def test_higher_limit_never_pays_less_for_a_claim(claim_facts, by):
    laws.higher_limit_never_pays_less_for_a_claim(*claim_facts, by)


def _half_even(amount, rate_bp):
    whole, rest = divmod(amount * rate_bp, 10_000)
    return whole + (rest > 5_000 or (rest == 5_000 and whole % 2 == 1))


def _round_down(amount, rate_bp):
    return amount * rate_bp // 10_000


def _round_each_unit(remaining, terms):
    return 3 * cost_sharing.share(remaining // 3, terms.coinsurance_bp)


def _pay_the_contract_price(line):
    return line.contract_unit_price if line.contract_unit_price < UNLIMITED else line.billed_unit_price


def _punish_high_limits(unit_price, units, line, terms):
    return units * min(unit_price, terms.price_limit // 2), 0, 0


def _take_copay_without_end(remaining, units, terms):
    return units * terms.copay


def _forget_large_deductibles(remaining, usage):
    return min(remaining, max(0, usage.deductible_left)) if usage.deductible_left < 9_000 else 0


def _forget_large_count_limits(line, usage):
    return min(line.quantity, max(0, usage.units_left)) if usage.units_left < 9 else 0


def _move_the_deductible_alone(usage, decision):
    return usage._replace(deductible_left=usage.deductible_left - decision.deductible)


ROUNDED = laws.percentage_is_rounded_half_up_once_for_the_line
PLANTED = {
    "half-even": (ROUNDED, cost_sharing, "share", _half_even),
    "rounding down": (ROUNDED, cost_sharing, "share", _round_down),
    "rounding more than once": (ROUNDED, cost_sharing, "coinsurance", _round_each_unit),
    "paying the price list when less was billed": (
        laws.every_grosz_has_one_payer, pricing, "recognized_unit_price", _pay_the_contract_price,
    ),
    "co-payment above what is left": (
        laws.every_grosz_has_one_payer, cost_sharing, "copay", _take_copay_without_end,
    ),
    "amount limit forgotten": (
        laws.nothing_is_above_any_limit, cost_sharing, "over_amount_limit", lambda _left, _limit: 0,
    ),
    "count limit forgotten": (
        laws.nothing_is_above_any_limit, pricing, "allowed_units", lambda line, _usage: line.quantity,
    ),
    "a higher price limit pays less": (
        laws.higher_limit_never_pays_less, pricing, "top_up_parts", _punish_high_limits,
    ),
    "a large deductible forgotten": (
        laws.higher_share_never_pays_more, cost_sharing, "deductible", _forget_large_deductibles,
    ),
    "a large count limit forgotten": (
        laws.higher_limit_never_pays_less_for_a_claim, pricing, "allowed_units", _forget_large_count_limits,
    ),
    "counters never move": (
        laws.claim_stays_inside_its_limits, waterfall, "usage_after", lambda usage, _decision: usage,
    ),
    "only the deductible moves": (
        laws.lines_see_what_earlier_lines_left, waterfall, "usage_after", _move_the_deductible_alone,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("law", "module", "name", "fault"), PLANTED.values(), ids=PLANTED)
def test_law_catches_a_planted_fault(monkeypatch, law, module, name, fault):
    monkeypatch.setattr(module, name, fault)
    with pytest.raises((AssertionError, claim.MoneyNotConserved)):
        _search(law)


def test_most_invented_lines_reach_the_rules_about_money():
    reached = []

    @quick_find
    @given(facts.situations)
    def look(situation):
        reached.append(waterfall.adjudicate_line(*situation)[0].denial == reasons.NONE)

    look()
    assert sum(reached) > len(reached) / 2


def _search(law):
    if law in (laws.claim_stays_inside_its_limits, laws.lines_see_what_earlier_lines_left):
        patient_find(given(facts.claims)(lambda claim_facts: law(*claim_facts)))()
    elif law is laws.higher_limit_never_pays_less_for_a_claim:
        patient_find(given(facts.claims, steps)(lambda claim_facts, by: law(*claim_facts, by)))()
    elif law in (laws.higher_limit_never_pays_less, laws.higher_share_never_pays_more):
        patient_find(given(facts.situations, steps)(law))()
    else:
        patient_find(given(facts.situations)(law))()
