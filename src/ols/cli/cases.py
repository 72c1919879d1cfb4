"""One case as JSON turned into what the rules see; keys and defaults are in docs/rules/adjudicate.md."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ols.adjudication.claim import NO_GROUP, ClaimLine
from ols.adjudication.types import (
    ANY_SEX,
    FEMALE,
    MALE,
    NEVER,
    UNLIMITED,
    GroupUsage,
    Line,
    PlanUsage,
    Terms,
)
from ols.cli.case_fields import CaseError, Fields
from ols.kernel import days

# A hundred million zł for one unit, and what ten thousand of them cost: all products stay inside 64 bits.
_MOST_PRICE = 10**10
_MOST_UNITS = 10**4
_MOST_LEFT = 10**14
_MOST_DAYS = 100_000
_MOST_MONTHS = 1_200
_MOST_AGE = 200
_SEXES = {"F": FEMALE, "M": MALE}


class Case(NamedTuple):
    """A claim ready to be decided."""

    lines: tuple[ClaimLine, ...]
    groups: tuple[GroupUsage, ...]
    plan: PlanUsage


class _Common(NamedTuple):
    """What all lines of a case share: who, when, under which cover."""

    network: int
    service_date: date | None
    filed_day: int
    age: int | None
    sex: int
    cover_from: date | None
    terms: Terms

    @property
    def service_day(self) -> int:
        return days.to_day(self.service_date) if self.service_date else 0


def read_case(document: object) -> Case:
    """Read one case.

    :raises CaseError: it is not one
    """
    fields = Fields(document, "")
    common = _read_common(fields)
    plan, groups = _read_counters(fields.members("counters"))
    lines = fields.take("lines")
    if not isinstance(lines, list) or not lines:
        raise CaseError("lines", "must be a list with at least one line")
    fields.finish()
    numbers = {name: number for number, name in enumerate(groups)}
    return Case(
        tuple(
            _read_line(Fields(line, f"lines[{number}]"), common, numbers) for number, line in enumerate(lines)
        ),
        tuple(groups.values()),
        plan,
    )


def _read_common(fields: Fields) -> _Common:
    network = fields.flag("network", default=True)
    service_date = fields.day("service_date")
    filed = fields.day("filed_date")
    person, cover = fields.members("person"), fields.members("cover")
    birth = person.day("birth_date")
    sex = person.choice("sex", _SEXES, ANY_SEX)
    begins, ends, suspended = cover.day("from"), cover.day("to"), cover.day("suspended_from")
    terms = Terms(
        person_found=person.flag("found", default=True),
        cover_active=cover.flag("active", default=True),
        cover_from_day=_number(begins, -UNLIMITED),
        cover_to_day=_number(ends, UNLIMITED),
        suspended_from_day=_number(suspended, UNLIMITED),
        filing_days=fields.integer("filing_days", least=0, most=_MOST_DAYS, default=UNLIMITED),
    )
    person.finish()
    cover.finish()
    if service_date is None and (filed or birth or begins or ends or suspended):
        raise CaseError("service_date", "is missing, though other dates are given")
    if service_date and birth and birth > service_date:
        raise CaseError("person.birth_date", "is after service_date")
    age = days.age_on(birth, service_date) if birth and service_date else None
    filed_day = _number(filed or service_date, 0)
    return _Common(network, service_date, filed_day, age, sex, begins, terms)


def _read_counters(fields: Fields) -> tuple[PlanUsage, dict[str, GroupUsage]]:
    """Read what is left; below zero is possible after a correction, and the rules take it as nothing."""
    plan = PlanUsage(_left(fields, "ded_left", 0), _left(fields, "sum_left", UNLIMITED))
    groups = fields.members("groups")
    usages = {}
    for name in groups.keys():  # noqa: SIM118 (not a dict: its fields are taken one by one)
        group = groups.members(name)
        usages[name] = GroupUsage(_left(group, "cnt_left", UNLIMITED), _left(group, "amt_left", UNLIMITED))
        group.finish()
    fields.finish()
    return plan, usages


def _left(fields: Fields, key: str, default: int) -> int:
    return fields.integer(key, least=-_MOST_LEFT, most=_MOST_LEFT, default=default)


def _read_line(fields: Fields, common: _Common, groups: Mapping[str, int]) -> ClaimLine:
    group = groups.get(fields.text("group", ""), NO_GROUP)
    line = Line(
        quantity=fields.integer("q", least=1, most=_MOST_UNITS, default=1),
        billed_unit_price=fields.integer("billed", least=0, most=_MOST_PRICE),
        contract_unit_price=_price(fields, "contract", UNLIMITED),
        network=common.network,
        service_day=common.service_day,
        filed_day=common.filed_day,
        age=common.age or 0,
        sex=common.sex,
        referral_day=_line_day(fields, "referral_date", common),
        authorized_day=_line_day(fields, "auth_date", common),
        nearest_service_day=_line_day(fields, "nearest_date", common),
        combined=fields.flag("combined", default=False),
        duplicate=fields.flag("duplicate", default=False),
        manual_review=fields.flag("review", default=False),
        provider_active=fields.flag("provider_active", default=True),
        terms_accepted=fields.flag("terms_accepted", default=True),
        on_price_list=fields.flag("on_price_list", default=True),
    )
    terms = _read_terms(fields, common)
    fields.finish()
    return ClaimLine(line, terms, group)


def _read_terms(fields: Fields, common: _Common) -> Terms:
    if common.age is None and (fields.has("age_from") or fields.has("age_below")):
        raise CaseError("person.birth_date", "is missing, though a line has an age limit")
    return common.terms._replace(
        covered=fields.flag("covered", default=True),
        excluded=fields.flag("excluded", default=False),
        age_from=fields.integer("age_from", least=0, most=_MOST_AGE, default=0),
        age_below=fields.integer("age_below", least=0, most=_MOST_AGE, default=UNLIMITED),
        sex=fields.choice("only_sex", _SEXES, ANY_SEX),
        first_payable_day=_first_payable_day(fields, common),
        referral_required=fields.flag("referral_required", default=False),
        referral_days=fields.integer("referral_days", least=0, most=_MOST_DAYS, default=UNLIMITED),
        authorization_required=fields.flag("auth_required", default=False),
        interval_days=fields.integer("interval_days", least=0, most=_MOST_DAYS, default=0),
        price_limit=_price(fields, "limit", UNLIMITED),
        refund_rate_bp=fields.percent("oon_rate", 10_000),
        refund_cap=_price(fields, "oon_cap", UNLIMITED),
        franchise=_price(fields, "franchise", 0),
        copay=_price(fields, "copay_fix", 0),
        coinsurance_bp=fields.percent("copay_pct", 0),
    )


def _first_payable_day(fields: Fields, common: _Common) -> int:
    waiting_days = fields.integer("waiting_days", least=0, most=_MOST_DAYS, default=0)
    waiting_months = fields.integer("waiting_months", least=0, most=_MOST_MONTHS, default=0)
    if not waiting_days and not waiting_months:
        return -UNLIMITED
    if common.cover_from is None:
        raise CaseError("cover.from", "is missing, though a line has a waiting period")
    try:
        first = days.first_covered_day(
            continuous_from=common.cover_from, days=waiting_days, months=waiting_months
        )
    except (ValueError, OverflowError) as error:
        raise CaseError(fields.path("waiting_days"), "ends after the year 9999") from error
    return days.to_day(first)


def _price(fields: Fields, key: str, default: int) -> int:
    return fields.integer(key, least=0, most=_MOST_PRICE, default=default)


def _line_day(fields: Fields, key: str, common: _Common) -> int:
    day = fields.day(key)
    if day and common.service_date is None:
        raise CaseError("service_date", f"is missing, though {fields.path(key)} is given")
    return _number(day, NEVER)


def _number(day: date | None, default: int) -> int:
    return days.to_day(day) if day else default
