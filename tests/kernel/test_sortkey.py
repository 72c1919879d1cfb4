"""Polish alphabetical order under bytewise comparison, and search without accents."""

import random

from hypothesis import given
from hypothesis import strategies as st

from ols.kernel import sortkey

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
TOWNS = [
    "Bielsk Podlaski", "Bielsko-Biała", "Bielsza", "Cedynia", "Ciechanów", "Ćmielów", "Lublin", "Lwówek",
    "Łask", "łeba", "Łódź", "Maków", "Oborniki", "Ozorków", "Óbidos", "Zakopane", "Zęby", "Zgierz",
    "Źródła", "Żagań", "Żyrardów",
]  # fmt: skip


def _bytes(text):
    return sortkey.polish_sort_key(text).encode()


def test_the_alphabet_is_in_order():
    shuffled = random.Random(1).sample(ALPHABET, len(ALPHABET))
    assert "".join(sorted(shuffled, key=_bytes)) == ALPHABET
    assert "".join(sorted(shuffled)) != ALPHABET  # what plain code points would do


def test_towns_are_in_order():
    shuffled = random.Random(2).sample(TOWNS, len(TOWNS))
    assert sorted(shuffled, key=_bytes) == TOWNS


def test_a_letter_counts_before_what_follows_it():
    assert sorted(["łąka", "łan", "lato", "lzy"], key=_bytes) == ["lato", "lzy", "łan", "łąka"]


def test_composed_and_decomposed_letters_are_one():
    assert sortkey.polish_sort_key("Z\u0307yto") == sortkey.polish_sort_key("Żyto")


def test_search_ignores_case_accents_and_extra_spaces():
    assert sortkey.search_key("  Łódź\u00a0 Śródmieście ") == "lodz srodmiescie"
    assert sortkey.search_key("ZAŻÓŁĆ GĘŚLĄ JAŹŃ") == "zazolc gesla jazn"


@given(st.text())
def test_search_key_of_a_search_key_is_itself(text):
    assert sortkey.search_key(sortkey.search_key(text)) == sortkey.search_key(text)
