"""A typed price: read as people write it, or kept as it is with a reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ols.kernel import merging, money
from ols.network import price_checks, price_entries
from ols.network.price_checks import PriceFacts, check_price

LIMIT = PriceFacts(limit_gr=180_00, contracted_gr=160_00)


@pytest.mark.parametrize(
    ("typed", "price", "shown"),
    [
        ("120", 120_00, "120,00"),
        (" 120,5 zł ", 120_50, "120,50"),
        ("1 234.50", 1234_50, "1\u00a0234,50"),
        ("1\u00a0234,50 PLN", 1234_50, "1\u00a0234,50"),
        ("0,01", 1, "0,01"),
    ],
)
def test_an_amount_is_read_and_shown_one_way(typed, price, shown):
    found = check_price(typed, PriceFacts())
    assert (found.price_gr, found.text, found.error) == (price, shown, "")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("1e3", "NOT_A_NUMBER"),
        ("1_000", "NOT_A_NUMBER"),
        ("١٢٠", "NOT_A_NUMBER"),
        ("sto", "NOT_A_NUMBER"),
        ("-5", "NEGATIVE"),
        ("1,234", "AMBIGUOUS"),
        ("1.234,50", "AMBIGUOUS"),
        ("12,3456", "TOO_MANY_DECIMALS"),
        ("0", "TOO_SMALL"),
        ("99999999999", "TOO_BIG"),
        ("=1+1", "NOT_A_NUMBER"),
    ],
)
def test_what_is_no_price_stays_as_typed(typed, error):
    found = check_price(typed, LIMIT)
    assert (found.price_gr, found.text, found.error) == (None, typed, error)
    assert (found.over_gr, found.change_bp, found.is_over) == (None, None, False)


def test_a_price_is_measured_by_the_limit_and_the_price_in_force():
    over, equal, under = (check_price(text, LIMIT) for text in ("181", "180,00", "150"))
    assert [(row.over_gr, row.is_over) for row in (over, equal, under)] == [
        (1_00, True),
        (0, False),
        (-30_00, False),
    ]
    assert [row.change_bp for row in (over, equal, under)] == [1313, 1250, -625]
    assert check_price("", LIMIT).drops_gr == 160_00
    assert check_price("", PriceFacts()).drops_gr is None
    assert check_price("5", PriceFacts(is_covered=False)).is_uncovered
    assert not check_price("", PriceFacts(is_covered=False)).is_uncovered


@given(st.integers(min_value=1, max_value=money.MAX_AMOUNT))
def test_every_price_survives_being_shown_and_read(price):
    text = price_checks.shown(price)
    assert check_price(text, PriceFacts()) == price_checks.CheckedPrice(text, price)
    assert price_entries.canonical("7", text) == text


@given(st.text())
def test_whatever_is_typed_is_kept_or_read(typed):
    found = check_price(typed, LIMIT)
    again = check_price(found.text, LIMIT)
    assert again == found
    assert found.text or not typed.replace("\0", "").strip()
    assert (found.price_gr is None) == (bool(found.error) or not found.text)


@given(
    st.dictionaries(st.integers(1, 9), st.integers(1, 500)),
    st.dictionaries(st.integers(1, 9), st.one_of(st.sampled_from(["", "x", "1e3"]), st.just("5,00"))),
)
def test_the_items_are_right_where_they_disagree_with_what_was_typed(prices, typed):
    entries = merging.begin({str(key): text for key, text in typed.items()}, origin="tab", version=1)
    texts = merging.current(price_entries.reconciled(entries, prices, None, version=1))
    read = {int(name): price_checks.price_of(text) for name, text in texts.items()}
    assert {key: price for key, price in read.items() if price is not None} == prices
    kept = {key for key, text in typed.items() if text in {"x", "1e3"} and key not in prices}
    assert {key for key in kept if texts[str(key)] == typed[key]} == kept


def test_a_first_day_is_kept_like_a_row():
    assert price_entries.canonical("valid_from", "1.12.26") == "01.12.2026"
    assert price_entries.canonical("valid_from", " jutro ") == "jutro"
    entries = price_entries.begin({5: 100}, date(2026, 12, 1))
    assert merging.current(entries) == {"5": "1,00", "valid_from": "01.12.2026"}
    later = price_entries.reconciled(entries, {5: 100}, date(2026, 12, 2), version=3)
    assert later["valid_from"][-1] == [3, "list", "02.12.2026"]
