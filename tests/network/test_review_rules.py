"""Each rule of automatic acceptance on its own: no database."""

from dataclasses import replace

import pytest

from ols.network import review_rules
from ols.network.review_rules import OfferFacts, RuleSet

GOOD = OfferFacts(
    missing=(),
    outdated=(),
    standing="present",
    differing=(),
    alerts=0,
    terms_version="1.0",
    bank_name="Bank (demo)",
    is_account_shared=False,
    starts_in_days=30,
    rejected=0,
    ended=0,
    entity_kind="medical-entity",
    voivodeship="14",
)
ALL = RuleSet(tuple(review_rules.RULES), 30, ("medical-entity",), ("14", "12"))


def failed(facts: OfferFacts, chosen: RuleSet = ALL) -> list[str]:
    return [result.rule for result in review_rules.assess(facts, chosen) if not result.passed]


def test_an_offer_in_order_passes_every_rule() -> None:
    results = review_rules.assess(GOOD, ALL)
    assert [result.rule for result in results] == list(review_rules.RULES)
    assert review_rules.all_passed(results)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"missing": ("Polisa OC",)}, "documents"),
        ({"outdated": ("Polisa OC",)}, "documents"),
        ({"standing": "struck-off"}, "register"),
        ({"standing": "vanished"}, "register"),
        ({"differing": ("street",)}, "identity"),
        ({"alerts": 1}, "alerts"),
        ({"terms_version": ""}, "terms"),
        ({"bank_name": ""}, "account"),
        ({"is_account_shared": True}, "account"),
        ({"starts_in_days": 31}, "start"),
        ({"starts_in_days": -1}, "start"),
        ({"rejected": 1}, "history"),
        ({"ended": 2}, "history"),
        ({"entity_kind": "doctor-practice"}, "kind"),
        ({"entity_kind": ""}, "kind"),
        ({"voivodeship": "02"}, "voivodeship"),
        ({"voivodeship": ""}, "voivodeship"),
    ],
)
def test_one_thing_out_of_order_fails_its_rule_alone(change: dict, rule: str) -> None:
    facts = replace(GOOD, **change)
    assert failed(facts) == [rule]
    without = replace(ALL, rules=tuple(code for code in ALL.rules if code != rule))
    assert failed(facts, without) == []


def test_a_clinic_the_register_does_not_know_fails_what_needs_it() -> None:
    stranger = replace(GOOD, standing="", entity_kind="", voivodeship="")
    assert failed(stranger) == ["register", "identity", "kind", "voivodeship"]


def test_without_rules_nothing_is_accepted_and_an_unknown_rule_fails() -> None:
    assert not review_rules.all_passed(review_rules.assess(GOOD, replace(ALL, rules=())))
    assert failed(GOOD, replace(ALL, rules=("register", "later"))) == ["later"]


def test_what_was_decided_on_is_kept() -> None:
    (result,) = review_rules.assess(GOOD, replace(ALL, rules=("start",)))
    assert result.data() == {"rule": "start", "passed": True, "facts": {"days": 30, "within": 30}}
