import pytest
from hypothesis import given
from hypothesis import strategies as st

from ols.settlement.formats import wire_amounts


@pytest.mark.parametrize(
    ("amount_gr", "text"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (99, "0.99"),
        (100, "1.00"),
        (47000, "470.00"),
        (-7000, "-70.00"),
        (-5, "-0.05"),
    ],
)
def test_to_wire(amount_gr, text):
    assert wire_amounts.to_wire(amount_gr) == text


@pytest.mark.parametrize(
    ("text", "amount_gr"),
    [("470", 47000), ("470.5", 47050), ("470.50", 47050), ("470.50000", 47050), (" 0.01 ", 1), ("0.00", 0)],
)
def test_from_wire(text, amount_gr):
    assert wire_amounts.from_wire(text) == amount_gr


@pytest.mark.parametrize(
    "text",
    ["", "-1", "+1", "1e3", "1_000", "1,00", "1 000", "0.005", "0.001000", ".5", "5.", "٣.00", "NaN", "0x10"],
)
def test_from_wire_refuses(text):
    with pytest.raises(wire_amounts.NotAnAmount):
        wire_amounts.from_wire(text)


@given(st.integers(0, 10**15))
def test_round_trip(amount_gr):
    assert wire_amounts.from_wire(wire_amounts.to_wire(amount_gr)) == amount_gr
