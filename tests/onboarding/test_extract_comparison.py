"""Every field is judged by what all three say; the whole matches only when every field does."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry import extract_texts as texts

from ols.onboarding.extract_comparison import FIELDS, Comparison, Reason, Verdict, compare
from ols.registry.extract_reader import ExtractFacts, Fact, read_facts

TODAY = date(2026, 11, 23)
FACTS = read_facts(texts.words(texts.RUBRICS))
OTHER = {
    "register_book_no": "000000017917",
    "name": "Inna Przychodnia (demo)",
    "nip": "1111111111",
    "regon": "123456785",
    "krs": "0000000001",
    "street": "ul. Inna 1",
    "postal_code": "31-009",
    "city": "Kraków",
}
SAME = {name: texts.FACTS[name] for name in FIELDS}


def judged(facts: ExtractFacts = FACTS, register=SAME, application=SAME, on: date = TODAY) -> Comparison:
    return compare(facts, register=register, application=application, on=on, fresh_days=90)


def verdicts(found: Comparison) -> dict[str, str]:
    return {row.field: row.verdict for row in found.rows if row.verdict != Verdict.SAME}


def reasons(found: Comparison) -> list[tuple[str, str]]:
    return [(reason.code, reason.field) for reason in found.reasons]


def test_everything_the_same_matches():
    found = judged()
    assert (found.outcome, reasons(found)) == ("matches", [])
    assert [row.field for row in found.rows] == [*FIELDS, "issued_on"]
    assert verdicts(found) == {}


def test_other_writings_match():
    register = {
        **SAME,
        "name": "CENTRUM MEDYCZNE ŹRÓDŁO (DEMO) SP. Z O.O.",
        "street": "Świętojańska 12 A lok. 3",
        "city": "WARSZAWA",
    }
    application = {**SAME, "name": "Centrum Medyczne Źródło (demo)", "regon": "24137198800018"}
    found = judged(register={**register, "legal_form": "sp. z o.o."}, application=application)
    assert (found.outcome, verdicts(found)) == ("matches", {})


@pytest.mark.parametrize("side", ["register", "application"])
@pytest.mark.parametrize("name", FIELDS)
def test_one_other_value_differs(name, side):
    found = judged(**{side: {**SAME, name: OTHER[name]}})
    assert found.outcome == "differs"
    assert verdicts(found) == {name: "differs"}
    assert reasons(found) == [("FIELD_DIFFERS", name)]


@pytest.mark.parametrize("name", FIELDS)
def test_what_the_extract_leaves_out_is_missing(name):
    found = judged(replace(FACTS, **{name: None}))
    assert (found.outcome, reasons(found)) == ("doubtful", [("FIELD_MISSING", name)])


@pytest.mark.parametrize("name", FIELDS)
def test_what_the_register_leaves_out_is_missing(name):
    found = judged(register={**SAME, name: ""})
    assert (found.outcome, reasons(found)) == ("doubtful", [("FIELD_MISSING", name)])


def test_a_number_nobody_has_is_no_difference():
    without = {**SAME, "krs": ""}
    found = judged(replace(FACTS, krs=None), register=without, application=without)
    assert found.outcome == "matches"


@pytest.mark.parametrize("name", [*FIELDS, "issued_on"])
def test_a_doubtful_fact_is_doubtful(name):
    found = judged(replace(FACTS, **{name: replace(getattr(FACTS, name), doubt="SEVERAL")}))
    assert (found.outcome, reasons(found)) == ("doubtful", [("FIELD_DOUBTFUL", name)])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", []),
        ("2026-08-25", []),
        ("2026-08-24", [("EXTRACT_OLD", "issued_on")]),
        ("2026-11-24", [("EXTRACT_FROM_FUTURE", "issued_on")]),
    ],
)
def test_the_extract_must_be_fresh(day, expected):
    found = judged(replace(FACTS, issued_on=Fact(day, 1, 1, "Data wydruku")))
    assert reasons(found) == expected
    assert found.outcome == ("doubtful" if expected else "matches")


def test_without_a_date_it_is_doubtful():
    assert reasons(judged(replace(FACTS, issued_on=None))) == [("FIELD_MISSING", "issued_on")]


def test_without_a_register_entry_it_is_doubtful():
    found = judged(register=None)
    assert (found.outcome, reasons(found)) == ("doubtful", [("NOT_IN_REGISTER", "")])
    assert verdicts(found) == {}


def test_without_facts_it_is_unreadable():
    found = judged(ExtractFacts())
    assert (found.outcome, found.rows, reasons(found)) == ("unreadable", (), [("NO_FACTS", "")])


VALUES = st.sampled_from([*SAME.values(), *OTHER.values(), ""])
SIDES = st.dictionaries(st.sampled_from(FIELDS), VALUES)


@given(
    SIDES, SIDES, st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([None, "SEVERAL", "IMPOSSIBLE"]))
)
def test_a_match_means_that_all_say_the_same(register, application, faults):
    changed = {
        name: replace(getattr(FACTS, name), doubt=doubt) if doubt else None for name, doubt in faults.items()
    }
    found = judged(replace(FACTS, **changed), register=SAME | register, application=SAME | application)
    is_match = found.outcome == "matches"
    assert is_match == (not found.reasons) == (verdicts(found) == {})
    if is_match:
        assert set(changed.values()) <= {None}
    for name in set(register) | set(application) if is_match and not changed else ():
        assert register.get(name, SAME[name]) == application.get(name, SAME[name]) == SAME[name]
    assert all(reason.code in list(Reason) for reason in found.reasons)
