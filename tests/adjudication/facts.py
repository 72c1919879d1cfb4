"""Invented facts for property tests: small numbers, so that limits meet prices often."""

from hypothesis import strategies as st
from tests.adjudication.laws import Situation

from ols.adjudication.types import NEVER, UNLIMITED, GroupUsage, Line, PlanUsage, Terms, Usage

prices = st.integers(0, 30_000) | st.sampled_from([0, 1, 5, 3333, 10**10])
limits = st.just(UNLIMITED) | prices
left_units = st.just(UNLIMITED) | st.integers(-2, 12)
left_amounts = st.just(UNLIMITED) | st.integers(-5, 60_000)
deductibles = st.just(0) | st.integers(-5, 40_000)
rates = st.sampled_from([0, 1, 1250, 5000, 10_000]) | st.integers(0, 10_000)
days = st.integers(20_000, 20_010)


def _rows(of, **fields):
    """Build rows from the named fields alone; the others keep their defaults ("no such rule")."""
    return st.fixed_dictionaries(fields).map(lambda values: of(**values))


lines = _rows(
    Line,
    quantity=st.integers(1, 10),
    billed_unit_price=prices,
    contract_unit_price=limits,
    network=st.sampled_from([1, 1, 0]),
    service_day=days,
    filed_day=st.just(20_010),
    age=st.integers(0, 100),
    referral_day=st.just(NEVER) | days,
    manual_review=st.sampled_from([0, 0, 0, 1]),
)
terms = _rows(
    Terms,
    cover_to_day=st.sampled_from([UNLIMITED, UNLIMITED, 20_008]),
    age_below=st.sampled_from([UNLIMITED, UNLIMITED, 80]),
    referral_required=st.sampled_from([0, 0, 0, 1]),
    price_limit=limits,
    refund_rate_bp=rates,
    refund_cap=limits,
    franchise=st.just(0) | st.integers(0, 20_000),
    copay=st.just(0) | st.integers(0, 10_000),
    coinsurance_bp=rates,
)
usages = st.builds(Usage, left_units, left_amounts, deductibles, left_amounts)
situations = st.builds(Situation, lines, terms, usages)
claims = st.tuples(
    st.lists(st.tuples(lines, terms), min_size=1, max_size=6),
    st.builds(GroupUsage, left_units, left_amounts),
    st.builds(PlanUsage, deductibles, left_amounts),
)
