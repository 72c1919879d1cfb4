"""From facts to a decision: what the rules are given, and what their answer means for the counters."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from ols.adjudication import claim as rules
from ols.adjudication import reasons, types, waterfall
from ols.adjudication.types import NEVER, UNLIMITED, Decision, GroupUsage, Line, PlanUsage, Terms, Usage
from ols.claims.describe import described_line
from ols.claims.facts import ClaimFacts, Cover, Item
from ols.claims.types import BenefitLeft, ClaimDraft, DecidedLine, DraftLine
from ols.kernel import days

_EPOCH = date(1970, 1, 1).toordinal()


class UnknownService(Exception):
    """A service code is in no catalogue of the insurer; `code` is what was asked for."""

    def __init__(self, code: str) -> None:
        """Keep the code for the message at the field."""
        super().__init__(code)
        self.code = code


class Movement(NamedTuple):
    """How a claim moves one counter; amounts are grosze."""

    usage_id: int | None
    units: int
    amount_gr: int
    deductible_gr: int


class Decided(NamedTuple):
    """A decision with all that is stored of it. `usages` are the counters as each line found them."""

    lines: tuple[rules.ClaimLine, ...]
    usages: tuple[Usage, ...]
    decision: rules.ClaimDecision
    movements: tuple[Movement, ...]
    left: tuple[BenefitLeft, ...]

    @property
    def outcome(self) -> str:
        """Return the claim's outcome as other systems know it."""
        return reasons.CLAIM_OUTCOME_NAMES[self.decision.outcome]


def decide(*, draft: ClaimDraft, facts: ClaimFacts, at: datetime) -> Decided:
    """Decide the draft on the facts; a missing counter counts as unused.

    :raises UnknownService: a line's code is in no catalogue
    :raises ols.adjudication.claim.MoneyNotConserved: the rules are broken; nothing may be stored
    """
    for asked, item in zip(draft.lines, facts.items, strict=True):
        if item.service_id is None:
            raise UnknownService(asked.service_code)
    group_of, groups = _groups(facts.items)
    lines = tuple(_claim_lines(draft, facts, group_of, at))
    plan = _plan_usage(facts.cover)
    decision = rules.adjudicate_claim(lines, groups=groups, plan=plan)
    usages = tuple(_usages(lines, decision.decisions, groups, plan))
    movements = tuple(_movements(facts, decision.decisions))
    return Decided(lines, usages, decision, movements, _left(facts.items, group_of, decision.groups))


def _groups(items: Sequence[Item]) -> tuple[dict[tuple[int, str], int], list[GroupUsage]]:
    """Number the counters of the claim's benefits; return each number and what is left of each."""
    group_of: dict[tuple[int, str], int] = {}
    groups: list[GroupUsage] = []
    for item in items:
        key = (item.holder_id, item.benefit_code)
        if item.benefit_id is not None and key not in group_of:
            group_of[key] = len(groups)
            groups.append(
                GroupUsage(
                    _left_of(item.count_limit, item.used_units), _left_of(item.amount_limit_gr, item.used_gr)
                )
            )
    return group_of, groups


def _left_of(limit: int | None, used: int | None) -> int:
    """Return what is left of a limit; -1 and null mean that there is none."""
    if limit is None or limit < 0:
        return UNLIMITED
    return max(limit - (used or 0), 0)


def _plan_usage(cover: Cover) -> PlanUsage:
    return PlanUsage(
        max((cover.deductible_gr or 0) - (cover.used_deductible_gr or 0), 0),
        _left_of(cover.sum_insured_gr, cover.used_gr),
    )


def _claim_lines(
    draft: ClaimDraft, facts: ClaimFacts, group_of: dict[tuple[int, str], int], at: datetime
) -> Iterable[rules.ClaimLine]:
    """Yield each line with its terms, as the rules take them."""
    common = _Common(draft, facts.cover, at)
    seen: set[int | None] = set()
    for asked, item in zip(draft.lines, facts.items, strict=True):
        line = _line(asked, item, common, repeated=item.service_id in seen)
        seen.add(item.service_id)
        group = group_of.get((item.holder_id, item.benefit_code), rules.NO_GROUP)
        yield rules.ClaimLine(line, _terms(facts.cover, item), group)


class _Common:
    """What is the same for all lines of a claim."""

    __slots__ = ("age", "cover", "filed_day", "referral_day", "service_day")

    def __init__(self, draft: ClaimDraft, cover: Cover, at: datetime) -> None:
        self.cover = cover
        self.service_day = days.to_day(draft.service_date)
        self.filed_day = days.to_day(days.local_date(at))
        self.referral_day = NEVER if draft.referral_date is None else days.to_day(draft.referral_date)
        self.age = days.age_on(_date(cover.birth), draft.service_date)


def _line(asked: DraftLine, item: Item, common: _Common, *, repeated: bool) -> Line:
    price = UNLIMITED if item.price_gr is None else item.price_gr
    billed = asked.billed_gr if asked.billed_gr is not None else (item.price_gr or 0)
    distance = item.distance
    return Line(
        quantity=asked.quantity,
        billed_unit_price=billed,
        contract_unit_price=price,
        service_day=common.service_day,
        filed_day=common.filed_day,
        age=max(common.age, 0),
        sex=common.cover.sex,
        referral_day=common.referral_day,
        nearest_service_day=NEVER if distance is None else common.service_day - distance,
        duplicate=1 if item.is_duplicate or repeated else 0,
        provider_active=common.cover.is_contract_active or 0,
        terms_accepted=item.is_accepted,
        on_price_list=0 if item.price_gr is None else 1,
    )


def _terms(cover: Cover, item: Item) -> Terms:
    """Return the terms of the service on its day; a service without a benefit is not covered."""
    always = {
        "cover_active": cover.is_active,
        "cover_from_day": cover.cover_from,
        "cover_to_day": cover.cover_to,
        "suspended_from_day": UNLIMITED if cover.suspended_from is None else cover.suspended_from,
        "filing_days": _or_unlimited(cover.filing_limit_days),
        "price_limit": UNLIMITED if item.limit_gr is None else item.limit_gr,
    }
    if item.benefit_id is None:
        return Terms(**always, covered=0)
    return Terms(
        **always,
        excluded=item.is_excluded,
        age_from=max(item.age_from, 0),
        age_below=_or_unlimited(item.age_below),
        sex=item.sex,
        first_payable_day=_first_payable_day(cover, item),
        referral_required=item.needs_referral,
        referral_days=_or_unlimited(item.referral_valid_days),
        authorization_required=item.needs_authorization,
        interval_days=item.interval_days,
        franchise=item.franchise_gr,
        copay=item.copay_gr,
        coinsurance_bp=item.coinsurance_bp,
    )


def _or_unlimited(value: int | None) -> int:
    return UNLIMITED if value is None or value < 0 else value


def _first_payable_day(cover: Cover, item: Item) -> int:
    """Return the first day after the waiting period; without one, the first day of cover."""
    if not item.waiting_days and not item.waiting_months:
        return cover.cover_from
    first = days.first_covered_day(
        continuous_from=_date(cover.waiting_from), days=item.waiting_days, months=item.waiting_months
    )
    return days.to_day(first)


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH)


def _usages(
    lines: Sequence[rules.ClaimLine],
    decisions: Sequence[Decision],
    groups: Sequence[GroupUsage],
    plan: PlanUsage,
) -> Iterable[Usage]:
    """Yield what each line found left: kept with the decision, so that it can be computed again."""
    left = list(groups)
    nothing = GroupUsage()
    for (_, _, group), decision in zip(lines, decisions, strict=True):
        limits = nothing if group == rules.NO_GROUP else left[group]
        usage = Usage(limits.units_left, limits.amount_left, plan.deductible_left, plan.insured_sum_left)
        yield usage
        after = waterfall.usage_after(usage, decision)
        if group != rules.NO_GROUP:
            left[group] = GroupUsage(after.units_left, after.amount_left)
        plan = PlanUsage(after.deductible_left, after.insured_sum_left)


def _movements(facts: ClaimFacts, decisions: Sequence[Decision]) -> Iterable[Movement]:
    """Yield the plan-wide movement first, then one for each benefit; none for a claim wholly denied."""
    moved = [
        (item, decision)
        for item, decision in zip(facts.items, decisions, strict=True)
        if decision.outcome != types.DENIED
    ]
    if not moved:
        return
    yield Movement(
        facts.cover.usage_id,
        sum(decision.units_allowed for _, decision in moved),
        sum(decision.benefit for _, decision in moved),
        sum(decision.deductible for _, decision in moved),
    )
    totals: dict[int | None, tuple[int, int]] = {}
    for item, decision in moved:
        units, amount = totals.get(item.usage_id, (0, 0))
        totals[item.usage_id] = (units + decision.units_allowed, amount + decision.benefit)
    for usage_id, (units, amount) in totals.items():
        yield Movement(usage_id, units, amount, 0)


def _left(
    items: Sequence[Item], group_of: dict[tuple[int, str], int], groups: Sequence[GroupUsage]
) -> tuple[BenefitLeft, ...]:
    """Return what the decision leaves of each benefit it looked at."""
    shown = {}
    for item in items:
        group = group_of.get((item.holder_id, item.benefit_code))
        if group is not None and group not in shown:
            usage = groups[group]
            shown[group] = BenefitLeft(
                code=item.benefit_code,
                name=item.benefit_name,
                units_left=None if usage.units_left == UNLIMITED else usage.units_left,
                amount_left_gr=None if usage.amount_left == UNLIMITED else usage.amount_left,
                is_shared=bool(item.is_shared),
            )
    return tuple(shown.values())


def decided_lines(draft: ClaimDraft, facts: ClaimFacts, decided: Decided) -> tuple[DecidedLine, ...]:
    """Return the decision line by line, for people."""
    return tuple(
        described_line(
            position=position,
            service_code=asked.service_code,
            service_name=item.service_name,
            service_date=draft.service_date,
            quantity=line.line.quantity,
            billed_gr=line.line.billed_unit_price,
            decision=decision,
        )
        for position, (asked, item, line, decision) in enumerate(
            zip(draft.lines, facts.items, decided.lines, decided.decision.decisions, strict=True), start=1
        )
    )
