"""Advice: the change it names really would be paid, and nothing is advised that would not."""

import pytest

from ols.adjudication import advice, waterfall
from ols.adjudication.advice import Advice
from ols.adjudication.types import Line, Terms, Usage

DAY = 20_777
LINE = Line(1, 10_000, service_day=DAY, filed_day=DAY, age=30)


@pytest.mark.parametrize(
    ("line", "terms", "usage", "expected"),
    [
        (LINE, Terms(referral_required=1), Usage(), [Advice("referral_day", DAY, 10_000)]),
        (
            LINE._replace(referral_day=DAY - 40),
            Terms(referral_required=1, referral_days=30),
            Usage(),
            [Advice("referral_day", DAY, 10_000)],
        ),
        (LINE, Terms(authorization_required=1), Usage(), [Advice("authorized_day", DAY, 10_000)]),
        (LINE, Terms(first_payable_day=DAY + 9), Usage(), [Advice("service_day", DAY + 9, 10_000)]),
        (
            LINE._replace(nearest_service_day=DAY - 2),
            Terms(interval_days=7),
            Usage(),
            [Advice("service_day", DAY + 5, 10_000)],
        ),
        (LINE._replace(quantity=3), Terms(), Usage(units_left=2), [Advice("quantity", 2, 20_000)]),
        (LINE, Terms(), Usage(units_left=0), []),
        (LINE, Terms(covered=0), Usage(), []),
        (LINE, Terms(referral_required=1, covered=0), Usage(), []),
        (LINE, Terms(), Usage(), []),
        # Waiting ends only after the cover does: moving the visit would not help.
        (LINE, Terms(first_payable_day=DAY + 9, cover_to_day=DAY + 5), Usage(), []),
    ],
)
def test_advice(line, terms, usage, expected):
    assert list(advice.advise(line, terms, usage)) == expected


def test_advised_change_is_paid_by_the_rules_themselves():
    terms = Terms(authorization_required=1, coinsurance_bp=1_000)
    (found,) = advice.advise(LINE, terms, Usage())
    better, _ = waterfall.adjudicate_line(LINE._replace(**{found.field: found.value}), terms, Usage())
    assert better.benefit == found.benefit == 9_000
