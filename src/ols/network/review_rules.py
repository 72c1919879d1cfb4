"""The rules by which an offer may be accepted at once: facts in, one result a rule out. No database here.

What each rule was decided on is kept beside its result, so that both sides can read why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop

Facts = dict[str, object]
PRESENT: Final = "present"

# Code: what has to be so. The words are message ids.
RULES: Final[Mapping[str, str]] = {
    "documents": gettext_noop("All required documents are there and up to date"),
    "register": gettext_noop("The clinic is in the register and active"),
    "identity": gettext_noop("NIP, name and address agree with the register"),
    "alerts": gettext_noop("No alert of the register concerns the clinic"),
    "terms": gettext_noop("The general terms in force are accepted"),
    "account": gettext_noop("The bank of the account is known and nobody else uses the account"),
    "start": gettext_noop("Co-operation begins soon enough"),
    "history": gettext_noop("No earlier offer was rejected and no co-operation ended"),
    "kind": gettext_noop("The kind of the clinic is one of those chosen"),
    "voivodeship": gettext_noop("The clinic is in one of the voivodeships chosen"),
}
# What only the insurer may read: the clinic would learn something of others.
INSURERS_ONLY: Final = frozenset({"account"})


@dataclass(frozen=True)
class OfferFacts:
    """Everything the rules look at; empty texts where nothing is known."""

    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    standing: str
    differing: tuple[str, ...]
    alerts: int
    terms_version: str
    bank_name: str
    is_account_shared: bool
    starts_in_days: int
    rejected: int
    ended: int
    entity_kind: str
    voivodeship: str


@dataclass(frozen=True)
class RuleSet:
    """The rules an insurer chose, and what three of them ask for."""

    rules: tuple[str, ...]
    start_within_days: int
    entity_kinds: tuple[str, ...]
    voivodeships: tuple[str, ...]


@dataclass(frozen=True)
class RuleResult:
    """What one rule said, and on which facts."""

    rule: str
    passed: bool
    facts: Facts

    def data(self) -> dict[str, object]:
        """Return it as it is kept."""
        return {"rule": self.rule, "passed": self.passed, "facts": self.facts}


def assess(facts: OfferFacts, chosen: RuleSet) -> list[RuleResult]:
    """Ask every chosen rule, in the order of RULES; one nobody knows fails."""
    known = [code for code in RULES if code in chosen.rules]
    unknown = [code for code in chosen.rules if code not in RULES]
    results = [RuleResult(code, *_CHECKS[code](facts, chosen)) for code in known]
    return [*results, *(RuleResult(code, passed=False, facts={}) for code in unknown)]


def all_passed(results: Sequence[RuleResult]) -> bool:
    """Say whether the offer may be accepted: every rule passed, and there was one."""
    return bool(results) and all(result.passed for result in results)


def _documents(facts: OfferFacts, _chosen: RuleSet) -> tuple[bool, Facts]:
    found: Facts = {"missing": list(facts.missing), "outdated": list(facts.outdated)}
    return not facts.missing and not facts.outdated, found


def _register(facts: OfferFacts, _chosen: RuleSet) -> tuple[bool, Facts]:
    return facts.standing == PRESENT, {"standing": facts.standing}


def _identity(facts: OfferFacts, _chosen: RuleSet) -> tuple[bool, Facts]:
    return bool(facts.standing) and not facts.differing, {"differing": list(facts.differing)}


def _alerts(facts: OfferFacts, _chosen: RuleSet) -> tuple[bool, Facts]:
    return facts.alerts == 0, {"alerts": facts.alerts}


def _terms(facts: OfferFacts, _chosen: RuleSet) -> tuple[bool, Facts]:
    return bool(facts.terms_version), {"version": facts.terms_version}


def _account(facts: OfferFacts, _chosen: RuleSet) -> tuple[bool, Facts]:
    found: Facts = {"bank": facts.bank_name, "shared": facts.is_account_shared}
    return bool(facts.bank_name) and not facts.is_account_shared, found


def _start(facts: OfferFacts, chosen: RuleSet) -> tuple[bool, Facts]:
    found: Facts = {"days": facts.starts_in_days, "within": chosen.start_within_days}
    return 0 <= facts.starts_in_days <= chosen.start_within_days, found


def _history(facts: OfferFacts, _chosen: RuleSet) -> tuple[bool, Facts]:
    found: Facts = {"rejected": facts.rejected, "ended": facts.ended}
    return facts.rejected == 0 and facts.ended == 0, found


def _kind(facts: OfferFacts, chosen: RuleSet) -> tuple[bool, Facts]:
    found: Facts = {"kind": facts.entity_kind, "allowed": list(chosen.entity_kinds)}
    return facts.entity_kind in chosen.entity_kinds, found


def _voivodeship(facts: OfferFacts, chosen: RuleSet) -> tuple[bool, Facts]:
    found: Facts = {"voivodeship": facts.voivodeship, "allowed": list(chosen.voivodeships)}
    return facts.voivodeship in chosen.voivodeships, found


_CHECKS: Final[Mapping[str, Callable[[OfferFacts, RuleSet], tuple[bool, Facts]]]] = {
    "documents": _documents,
    "register": _register,
    "identity": _identity,
    "alerts": _alerts,
    "terms": _terms,
    "account": _account,
    "start": _start,
    "history": _history,
    "kind": _kind,
    "voivodeship": _voivodeship,
}
