"""Claims: outcome, counters, and the alarm that goes off when money would be created or lost."""

import itertools

import pytest

from ols.adjudication import claim, cost_sharing, explain, reasons, version
from ols.adjudication.claim import ClaimLine
from ols.adjudication.types import (
    APPROVED,
    DENIED,
    PARTIAL,
    PENDED,
    UNLIMITED,
    GroupUsage,
    Line,
    PlanUsage,
    Terms,
)

VISIT = ClaimLine(Line(1, 20_000), Terms(), 0)


@pytest.mark.parametrize(
    ("outcomes", "name"),
    [
        ([APPROVED, APPROVED], "APPROVED"),
        ([APPROVED, PENDED, DENIED], "PENDED_MANUAL"),
        ([DENIED, DENIED], "DENIED"),
        ([DENIED, APPROVED], "APPROVED_PARTIALLY"),
        ([PARTIAL], "APPROVED_PARTIALLY"),
        ([PARTIAL, DENIED], "APPROVED_PARTIALLY"),
    ],
)
def test_claim_outcome(outcomes, name):
    for order in itertools.permutations(outcomes):
        assert reasons.CLAIM_OUTCOME_NAMES[claim.claim_outcome(order)] == name


def test_counters_after_the_claim_are_returned():
    decided = claim.adjudicate_claim(
        [VISIT, VISIT, VISIT],
        groups=[GroupUsage(2, 50_000), GroupUsage(9, 9)],
        plan=PlanUsage(5_000, UNLIMITED),
    )
    assert decided.groups == (GroupUsage(0, 15_000), GroupUsage(9, 9))
    assert decided.plan == PlanUsage(0, UNLIMITED)
    assert [decision.benefit for decision in decided.decisions] == [15_000, 20_000, 0]
    assert (decided.submitted, decided.benefit, decided.patient_pays, decided.write_off) == (
        60_000,
        35_000,
        25_000,
        0,
    )


def test_line_without_a_group_moves_no_group():
    decided = claim.adjudicate_claim([VISIT._replace(group=claim.NO_GROUP)], groups=[GroupUsage(0, 0)])
    assert decided.outcome == APPROVED
    assert decided.groups == (GroupUsage(0, 0),)


@pytest.mark.parametrize("group", [1, -2])
def test_line_of_an_unknown_group_is_refused(group):
    with pytest.raises(IndexError):
        claim.adjudicate_claim([VISIT._replace(group=group)], groups=[GroupUsage()])


def test_money_that_does_not_add_up_is_an_alarm_in_production_code(monkeypatch):
    monkeypatch.setattr(cost_sharing, "coinsurance", lambda remaining, _terms: -remaining)
    with pytest.raises(claim.MoneyNotConserved):
        claim.adjudicate_claim([VISIT], groups=[GroupUsage()])


@pytest.mark.parametrize(
    "field", ["benefit", "patient_pays", "write_off", "submitted", "denied", "units_allowed"]
)
def test_every_amount_of_a_decision_is_part_of_the_check(field):
    (decision,) = claim.adjudicate_claim([VISIT], groups=[GroupUsage()]).decisions
    claim.require_conserved(VISIT.line, decision)
    with pytest.raises(claim.MoneyNotConserved):
        claim.require_conserved(VISIT.line, decision._replace(**{field: getattr(decision, field) + 1}))


def test_steps_lead_from_what_was_billed_to_what_is_paid():
    line = ClaimLine(Line(3, 9_000, 8_000), Terms(price_limit=7_000, copay=500, coinsurance_bp=1_000), 0)
    (decision,) = claim.adjudicate_claim([line], groups=[GroupUsage(2, 10_000)]).decisions
    steps = explain.steps(decision)
    assert steps == (
        ("submitted", 27_000), ("write_off", 3_000), ("denied", 8_000), ("above_price_limit", 2_000),
        ("copay", 1_000), ("coinsurance", 1_300), ("over_limit", 1_700), ("benefit", 10_000),
    )  # fmt: skip
    assert steps[0].amount == sum(step.amount for step in steps[1:])
    assert [reasons.NAMES[code] for code in reasons.reasons_of(decision)] == [
        "LIMIT_COUNT", "LIMIT_AMOUNT", "LIMIT_PRICE", "PRICE_ABOVE_CONTRACT",
    ]  # fmt: skip


def test_rules_have_a_version_that_does_not_change_by_itself():
    assert version.rules_version() == version.rules_version()
    assert len(version.rules_version()) == 16
    int(version.rules_version(), 16)
