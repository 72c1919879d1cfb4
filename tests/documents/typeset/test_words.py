import pytest
from hypothesis import given
from hypothesis import strategies as st

from ols.documents.typeset import words

CASES = [
    (0, "zero złotych zero groszy"),
    (1, "zero złotych jeden grosz"),
    (2, "zero złotych dwa grosze"),
    (5, "zero złotych pięć groszy"),
    (12, "zero złotych dwanaście groszy"),
    (22, "zero złotych dwadzieścia dwa grosze"),
    (21, "zero złotych dwadzieścia jeden groszy"),
    (100, "jeden złoty zero groszy"),
    (200, "dwa złote zero groszy"),
    (500, "pięć złotych zero groszy"),
    (1200, "dwanaście złotych zero groszy"),
    (2100, "dwadzieścia jeden złotych zero groszy"),
    (2399, "dwadzieścia trzy złote dziewięćdziesiąt dziewięć groszy"),
    (10100, "sto jeden złotych zero groszy"),
    (11200, "sto dwanaście złotych zero groszy"),
    (47000, "czterysta siedemdziesiąt złotych zero groszy"),
    (100000, "jeden tysiąc złotych zero groszy"),
    (123456, "jeden tysiąc dwieście trzydzieści cztery złote pięćdziesiąt sześć groszy"),
    (200000, "dwa tysiące złotych zero groszy"),
    (500000, "pięć tysięcy złotych zero groszy"),
    (1200000, "dwanaście tysięcy złotych zero groszy"),
    (2200000, "dwadzieścia dwa tysiące złotych zero groszy"),
    (100000000, "jeden milion złotych zero groszy"),
    (100000100, "jeden milion jeden złotych zero groszy"),
    (300000200, "trzy miliony dwa złote zero groszy"),
    (500100000, "pięć milionów jeden tysiąc złotych zero groszy"),
    (
        91923456719,
        (
            "dziewięćset dziewiętnaście milionów dwieście trzydzieści cztery tysiące pięćset sześćdziesiąt"
            " siedem złotych dziewiętnaście groszy"
        ),
    ),
    (200000000000, "dwa miliardy złotych zero groszy"),
    (-7001, "minus siedemdziesiąt złotych jeden grosz"),
]


@pytest.mark.parametrize(("amount_gr", "text"), CASES)
def test_amount_in_words(amount_gr, text):
    assert words.amount_in_words(amount_gr) == text


def test_too_long_an_amount_is_refused():
    assert words.amount_in_words(10**14 - 1).endswith("dziewięćdziesiąt dziewięć groszy")
    with pytest.raises(words.AmountTooLong):
        words.amount_in_words(10**14)


VALUES = {word: value for value, word in enumerate(words._UNITS)}
VALUES |= {word: value * 10 for value, word in enumerate(words._TENS) if value > 1}
VALUES |= {word: value * 100 for value, word in enumerate(words._HUNDREDS) if value}
SCALES = {form: 1000**power for power, forms in enumerate(words._SCALES) for form in forms if form}


def read(text: str) -> int:
    """The reverse, written independently: add up the words."""
    total = group = 0
    for word in text.split():
        if word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word in VALUES:
            group += VALUES[word]
        elif word[:3] == "zło":
            total, group = (total + group) * 100, 0
        else:
            assert word[:5] == "grosz"
    return total + group


@given(st.integers(0, 10**14 - 1))
def test_words_read_back_as_the_amount(amount_gr):
    assert read(words.amount_in_words(amount_gr)) == amount_gr
