"""An extract beside the register and the application, field by field. Pure: values in, verdicts out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from ols.onboarding.states import ExtractOutcome
from ols.registry import likeness
from ols.registry.extract_reader import ExtractFacts, Fact

DATE: Final = "issued_on"
FIELDS: Final = ("register_book_no", "name", "nip", "regon", "krs", "street", "postal_code", "city")


class Verdict(StrEnum):
    """What comparing one field gave."""

    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    DOUBTFUL = "doubtful"


class Reason(StrEnum):
    """Why a person decides; a reason about one field names it."""

    FIELD_DIFFERS = "FIELD_DIFFERS"
    FIELD_MISSING = "FIELD_MISSING"
    FIELD_DOUBTFUL = "FIELD_DOUBTFUL"
    EXTRACT_OLD = "EXTRACT_OLD"
    EXTRACT_FROM_FUTURE = "EXTRACT_FROM_FUTURE"
    NOT_IN_REGISTER = "NOT_IN_REGISTER"
    STRUCK_OFF = "STRUCK_OFF"
    REGISTER_OLD = "REGISTER_OLD"
    OTHER_EMAIL = "OTHER_EMAIL"
    DUPLICATES = "DUPLICATES"
    JOINED = "JOINED"
    # Nothing was read.
    NO_FACTS = "NO_FACTS"
    WRONG_TYPE = "WRONG_TYPE"
    BROKEN = "BROKEN"
    ENCRYPTED = "ENCRYPTED"
    TOO_COMPLEX = "TOO_COMPLEX"


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field as the three say it. `page` and `line` place it in the extract (0: a form field)."""

    field: str
    extract: str
    register: str
    application: str
    verdict: str
    page: int = 0
    line: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class GivenReason:
    """A reason and the field it is about (empty: the whole)."""

    code: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows, the outcome as a whole, and why it is not a match."""

    rows: tuple[ComparedField, ...]
    outcome: str
    reasons: tuple[GivenReason, ...]


_FIELD_REASON: Final = {
    Verdict.DIFFERS: Reason.FIELD_DIFFERS,
    Verdict.MISSING: Reason.FIELD_MISSING,
    Verdict.DOUBTFUL: Reason.FIELD_DOUBTFUL,
}


def compare(
    facts: ExtractFacts,
    *,
    register: Mapping[str, str] | None,
    application: Mapping[str, str],
    on: date,
    fresh_days: int,
) -> Comparison:
    """Compare the facts with both others; `register` is None for who is not on it.

    An extract older than `fresh_days` on the day, or of a later day, is no match.
    """
    if not facts.found():
        return Comparison((), ExtractOutcome.UNREADABLE, (GivenReason(Reason.NO_FACTS),))
    rows = [_compared(name, getattr(facts, name), register, application) for name in FIELDS]
    dated, date_reason = _dated(facts.issued_on, on, fresh_days)
    reasons = [
        GivenReason(_FIELD_REASON[Verdict(row.verdict)], row.field)
        for row in rows
        if row.verdict != Verdict.SAME
    ]
    reasons += [date_reason] if date_reason else []
    reasons += [GivenReason(Reason.NOT_IN_REGISTER)] if register is None else []
    return Comparison((*rows, dated), _outcome(rows, reasons), tuple(reasons))


def _outcome(rows: list[ComparedField], reasons: list[GivenReason]) -> str:
    if any(row.verdict == Verdict.DIFFERS for row in rows):
        return ExtractOutcome.DIFFERS
    return ExtractOutcome.DOUBTFUL if reasons else ExtractOutcome.MATCHES


def _compared(
    name: str, fact: Fact | None, register: Mapping[str, str] | None, application: Mapping[str, str]
) -> ComparedField:
    known = register.get(name, "") if register is not None else ""
    said = application.get(name, "")
    others = [said] if register is None else [known, said]
    same = _likeness(name, register or application)
    verdict = _verdict(fact, others, same)
    if fact is None:
        return ComparedField(name, "", known, said, verdict)
    return ComparedField(name, fact.value, known, said, verdict, fact.page, fact.line, fact.label)


def _verdict(fact: Fact | None, others: list[str], same: Callable[[str, str], bool]) -> Verdict:
    """Nothing anywhere (a firm without KRS) is the same; otherwise all must say it."""
    if fact is None:
        return Verdict.MISSING if any(others) else Verdict.SAME
    if any(other and not same(fact.value, other) for other in others):
        return Verdict.DIFFERS
    if fact.doubt:
        return Verdict.DOUBTFUL
    return Verdict.SAME if all(others) else Verdict.MISSING


def _likeness(name: str, known: Mapping[str, str]) -> Callable[[str, str], bool]:
    """Return how values of the field are compared."""
    if name == "name":
        return lambda one, other: likeness.same_name(one, other, legal_form=known.get("legal_form", ""))
    if name == "street":
        return lambda one, other: likeness.same_street(one, other, city=known.get("city", ""))
    if name == "city":
        return likeness.same_words
    return likeness.same_regon if name == "regon" else likeness.same_digits


def _dated(fact: Fact | None, on: date, fresh_days: int) -> tuple[ComparedField, GivenReason | None]:
    """Judge the day of the extract; fresh is the same, too old differs."""
    if fact is None:
        return ComparedField(DATE, "", "", "", Verdict.MISSING), GivenReason(Reason.FIELD_MISSING, DATE)
    day = date.fromisoformat(fact.value)
    verdict, reason = Verdict.SAME, None
    if fact.doubt:
        verdict, reason = Verdict.DOUBTFUL, GivenReason(Reason.FIELD_DOUBTFUL, DATE)
    elif day > on:
        verdict, reason = Verdict.DOUBTFUL, GivenReason(Reason.EXTRACT_FROM_FUTURE, DATE)
    elif day < on - timedelta(days=fresh_days):
        verdict, reason = Verdict.DIFFERS, GivenReason(Reason.EXTRACT_OLD, DATE)
    return ComparedField(DATE, fact.value, "", "", verdict, fact.page, fact.line, fact.label), reason
