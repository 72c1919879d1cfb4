"""Rules of automatic acceptance in words: what each asks, what it said, and on which facts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ols.network import review_rules
from ols.network.review_rules import RuleResult
from ols.registry import geography
from ols.web.components.shapes import Tag

KINDS: Final[Mapping[str, str | Promise]] = {
    "medical-entity": gettext_lazy("medical entity"),
    "doctor-practice": gettext_lazy("doctor's practice"),
    "nurse-practice": gettext_lazy("nurse's practice"),
    "physiotherapist-practice": gettext_lazy("physiotherapist's practice"),
}
FIELDS: Final[Mapping[str, str | Promise]] = {
    "name": gettext_lazy("Name"),
    "nip": "NIP",
    "street": gettext_lazy("Street and number"),
    "postal_code": gettext_lazy("Postal code"),
    "city": gettext_lazy("Town"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail address"),
}
_PASSED = Tag(gettext_lazy("passed"), "ok", "circle-check")
_FAILED = Tag(gettext_lazy("not passed"), "warn", "triangle-alert")
_STANDINGS: Final[Mapping[str, str | Promise]] = {
    "": gettext_lazy("not in the register"),
    "present": gettext_lazy("in the register"),
    "ended": gettext_lazy("activity ended"),
    "struck-off": gettext_lazy("struck off"),
    "vanished": gettext_lazy("no longer in the register's file"),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as pages show it."""

    label: str
    tag: Tag
    why: str


def lines(results: Sequence[RuleResult]) -> list[RuleLine]:
    """Return every rule with its result and the facts in a sentence."""
    return [
        RuleLine(rule_label(item.rule), _PASSED if item.passed else _FAILED, _why(item)) for item in results
    ]


def rule_label(code: str) -> str:
    """Return what a rule asks; one of a newer version of the product keeps its code."""
    words = review_rules.RULES.get(code)
    return _(words) if words else code


def voivodeship(code: str) -> str:
    """Name a voivodeship by its two digits."""
    return geography.voivodeships().get(code, code)


def standing(code: str) -> str | Promise:
    """Say how a clinic stands in the register."""
    return _STANDINGS.get(code, code)


def _why(item: RuleResult) -> str:
    say = _SENTENCES.get(item.rule)
    return say(item.facts) if say and item.facts else ""


def _documents(facts: Mapping[str, Any]) -> str:
    parts = []
    if facts["missing"]:
        parts.append(_("Missing: %(names)s.") % {"names": ", ".join(facts["missing"])})
    if facts["outdated"]:
        parts.append(_("Out of date: %(names)s.") % {"names": ", ".join(facts["outdated"])})
    return " ".join(parts)


def _identity(facts: Mapping[str, Any]) -> str:
    names = ", ".join(str(FIELDS.get(name, name)) for name in facts["differing"])
    return _("Differs: %(names)s.") % {"names": names} if names else ""


def _account(facts: Mapping[str, Any]) -> str:
    if facts["shared"]:
        return _("Another clinic gave the same account.")
    return str(facts["bank"]) or _("bank unknown to the list of banks")


def _start(facts: Mapping[str, Any]) -> str:
    return _("In %(days)s days; the rule allows %(within)s.") % facts


def _history(facts: Mapping[str, Any]) -> str:
    if not (facts["rejected"] or facts["ended"]):
        return ""
    return _("Rejected before: %(rejected)s, ended: %(ended)s.") % facts


def _alerts(facts: Mapping[str, Any]) -> str:
    count = facts["alerts"]
    return ngettext("%(count)s alert", "%(count)s alerts", count) % {"count": count} if count else ""


_SENTENCES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "documents": _documents,
    "register": lambda facts: str(standing(facts["standing"])),
    "identity": _identity,
    "alerts": _alerts,
    "terms": lambda facts: _("Version %(version)s") % facts if facts["version"] else "",
    "account": _account,
    "start": _start,
    "history": _history,
    "kind": lambda facts: str(KINDS.get(facts["kind"], facts["kind"])),
    "voivodeship": lambda facts: voivodeship(facts["voivodeship"]) if facts["voivodeship"] else "",
}
