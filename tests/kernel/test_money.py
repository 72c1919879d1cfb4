"""Amounts as people type and see them, and the one rounding rule."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ols.kernel import money


@pytest.mark.parametrize(
    ("text", "grosze"),
    [
        ("1 234,50 zł", 123450),
        ("1\u00a0234,50\u00a0zł", 123450),
        ("1\u202f234,5", 123450),
        ("1234.50", 123450),
        ("1234,50zł", 123450),
        ("200", 20000),
        ("200 PLN", 20000),
        ("200 Zł.", 20000),
        ("0,05", 5),
        ("0,5", 50),
        ("5,", 500),
        ("007,00", 700),
        ("0", 0),
        ("10000000000", 10**12),
    ],
)
def test_amount_is_read(text, grosze):
    assert money.parse_amount(text) == grosze


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY"),
        ("zł", "EMPTY"),
        ("1e3", "NOT_A_NUMBER"),
        ("1_000", "NOT_A_NUMBER"),
        ("١٢٣", "NOT_A_NUMBER"),
        ("１２", "NOT_A_NUMBER"),
        ("12 zł 50", "NOT_A_NUMBER"),
        (",50", "NOT_A_NUMBER"),
        ("+5", "NOT_A_NUMBER"),
        ("NaN", "NOT_A_NUMBER"),
        ("1\n2", "NOT_A_NUMBER"),
        ("5 EUR", "NOT_A_NUMBER"),
        ("1.234,50", "AMBIGUOUS"),
        ("1,234.50", "AMBIGUOUS"),
        ("1.234", "AMBIGUOUS"),
        ("1,234", "AMBIGUOUS"),
        ("0,001", "TOO_MANY_DECIMALS"),
        ("1234,505", "TOO_MANY_DECIMALS"),
        ("1,2345", "TOO_MANY_DECIMALS"),
        ("-5,00", "NEGATIVE"),
        ("\u22125", "NEGATIVE"),
        ("10000000000,01", "TOO_BIG"),
        ("9" * 5000, "TOO_BIG"),
    ],
)
def test_amount_is_refused(text, code):
    with pytest.raises(money.AmountError) as caught:
        money.parse_amount(text)
    assert caught.value.code == code


@pytest.mark.parametrize(("text", "rate"), [("12,5", 1250), ("20 %", 2000), ("0.01", 1), ("100%", 10000)])
def test_percent_is_read(text, rate):
    assert money.parse_percent(text) == rate


@pytest.mark.parametrize(
    ("text", "code"),
    [("100,01", "TOO_BIG"), ("%", "EMPTY"), ("-1", "NEGATIVE"), ("12,505", "TOO_MANY_DECIMALS")],
)
def test_percent_is_refused(text, code):
    with pytest.raises(money.AmountError) as caught:
        money.parse_percent(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("grosze", "shown", "plain"),
    [
        (123450, "1\u00a0234,50\u00a0zł", "1234.50"),
        (0, "0,00\u00a0zł", "0.00"),
        (5, "0,05\u00a0zł", "0.05"),
        (-123450, "-1\u00a0234,50\u00a0zł", "-1234.50"),
        (100000000, "1\u00a0000\u00a0000,00\u00a0zł", "1000000.00"),
    ],
)
def test_amount_is_shown(grosze, shown, plain):
    assert money.format_amount(grosze) == shown
    assert money.format_plain(grosze) == plain


@pytest.mark.parametrize(("rate", "shown"), [(2000, "20%"), (1250, "12,5%"), (1, "0,01%"), (10000, "100%")])
def test_percent_is_shown(rate, shown):
    assert money.format_percent(rate) == shown


@given(st.integers(0, money.MAX_AMOUNT))
def test_what_is_shown_is_read_back(grosze):
    assert money.parse_amount(money.format_amount(grosze)) == grosze
    assert money.parse_amount(money.format_plain(grosze)) == grosze


@given(st.integers(0, 10**14), st.integers(0, 10_000))
def test_share_is_the_nearest_grosz_and_half_goes_up(amount, rate):
    exact = Fraction(amount * rate, 10_000)
    assert -Fraction(1, 2) < money.share(amount, rate) - exact <= Fraction(1, 2)
    assert money.share(amount, 0) == 0
    assert money.share(amount, 10_000) == amount
