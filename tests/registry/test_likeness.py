"""Writings of one thing are the same; a different number, letter or word is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ols.kernel.sortkey import search_key
from ols.registry import likeness

FULL = "spółka z ograniczoną odpowiedzialnością"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Świt spółka z ograniczoną odpowiedzialnością", "ŚWIT SP. Z O.O."),
        ("Świt Sp. z o. o.", "Swit sp z oo"),
        ("„Świt” Spółka Akcyjna", "Świt S.A."),
        ("Świt spółka z o.o. spółka komandytowa", "Świt sp. z o.o. sp.k."),
        ("Świt s.c.", "Świt spółka cywilna"),
        ("SPZOZ w Kutnie", "Samodzielny Publiczny Zakład Opieki Zdrowotnej w Kutnie"),
        ("NZOZ Świt", "Niepubliczny Zakład Opieki Zdrowotnej „Świt”"),
        ("Bielsko-Biała Med", "Bielsko - Biała  Med"),
    ],
)
def test_the_same_name(one, other):
    assert likeness.same_name(one, other)
    assert likeness.same_name(other, one)


def test_the_registers_legal_form_completes_a_name():
    assert likeness.same_name("Świt", "Świt sp. z o.o.", legal_form=FULL)
    assert likeness.same_name("Świt sp. z o.o.", "Świt", legal_form=FULL)
    assert not likeness.same_name("Świt", "Świt sp. z o.o.")
    assert not likeness.same_name("Świt", "Świt S.A.", legal_form=FULL)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Świt", "Świt 2"), ("Świt sp. z o.o.", "Świt S.A."), ("Zorza", "Zorzal"), ("", "Świt")],
)
def test_different_names(one, other):
    assert not likeness.same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ul. Świętojańska 12A/3", "ULICA ŚWIĘTOJAŃSKA 12 a lok. 3"),
        ("Lipowa 1 m. 4", "ul. Lipowa 1/4"),
        ("al. Jerozolimskie 7", "Aleje Jerozolimskie 7"),
        ("pl. Wolności 1", "Plac Wolności 1"),
        ("ul. św. Jana 2", "ul. Świętego Jana 2"),
        ("os. Zielone 5", "Osiedle Zielone 5"),
    ],
)
def test_the_same_street(one, other):
    assert likeness.same_street(one, other)


def test_a_village_stands_for_its_street():
    assert likeness.same_street("Wola 12", "12", city="Wola")
    assert likeness.same_street("Wola Mała 12", "12", city="Wola Mała")
    assert not likeness.same_street("Wola 12", "13", city="Wola")
    assert not likeness.same_street("Wola", "", city="Wola")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lipowa 1", "Lipowa 11"),
        ("Lipowa 1/4", "Lipowa 14"),
        ("Lipowa 1", "al. Lipowa 1"),
        ("3 Maja 1", "Maja 31"),
    ],
)
def test_different_streets(one, other):
    assert not likeness.same_street(one, other)


def test_numbers():
    assert likeness.same_digits("526-000-12-46", "5260001246")
    assert not likeness.same_digits("5260001246", "5260001247")
    assert likeness.same_regon("241371988", "241 371 988 00018")
    assert not likeness.same_regon("24137198800018", "24137198800025")
    assert not likeness.same_regon("241371988", "")


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_mutual_and_everything_is_like_itself(one, other):
    for same in (likeness.same_name, likeness.same_street, likeness.same_words, likeness.same_digits):
        assert same(one, one)
        assert same(one, other) == same(other, one)


@given(st.text(max_size=40))
def test_case_accents_and_spaces_make_no_difference(text):
    assert likeness.same_words(text, f"  {search_key(text)} ")
    assert likeness.same_name(text, search_key(text))
    assert likeness.same_street(text, search_key(text))


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_house_is_only_its_own_number(one, other):
    assert likeness.same_street(f"Lipowa {one}", f"ul. Lipowa {other}") == (one == other)
