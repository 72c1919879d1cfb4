"""The facts of one claim as the claim path would have read them on its day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ols.adjudication import types
from ols.claims.facts import ClaimFacts, Cover, Item
from ols.claims.types import ClaimDraft
from ols.cli.demo_world.counters import Counter, Counters
from ols.cli.demo_world.drafts import Pair
from ols.cli.demo_world.made import COUNTED, MadeClaim
from ols.cli.demo_world.promises import CoverRow, Promises, ServiceRow
from ols.kernel import days

_SEXES = {"F": 1, "M": 2}
_NO_BENEFIT: dict[str, Any] = {
    "benefit_id": None, "count_limit": -1, "amount_limit_gr": -1, "is_family_shared": False, "copay_gr": 0,
    "coinsurance_bp": 0, "franchise_gr": 0, "waiting_days": 0, "waiting_months": 0, "age_from": -1,
    "age_below": -1, "sex": "", "needs_referral": False, "referral_valid_days": -1,
    "needs_authorization": False, "interval_days": 0, "is_excluded": False, "code": "", "name": "",
}  # fmt: skip


@dataclass
class Situations:
    """What every claim is decided on: promises, counters, and the services people had before."""

    promises: Promises
    counters: Counters
    had: dict[tuple[int, int], list[tuple[date, MadeClaim]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        """Find services by their code."""
        self._known_rules: dict[int | None, dict[str, Any]] = {}
        self._services = {row.code: row for row in self.promises.services.values()}

    def facts(self, pair: Pair, cover: CoverRow, draft: ClaimDraft) -> ClaimFacts:
        """Return the facts of a claim about to be decided."""
        counter = self.counters.of_plan(cover, draft.service_date)
        items = tuple(
            self._item(pair, cover, self._services[line.service_code], draft.service_date)
            for line in draft.lines
        )
        return ClaimFacts(self._cover(pair, cover, counter), items)

    def remember(self, claim: MadeClaim) -> None:
        """Keep which services the person has had now."""
        lines = zip(claim.facts.items, claim.decided.decision.decisions, strict=True)
        for item, decision in lines:
            if decision.outcome != types.DENIED:
                assert item.service_id is not None
                key = claim.cover.person_id, item.service_id
                self.had[key].append((claim.draft.service_date, claim))

    def _cover(self, pair: Pair, cover: CoverRow, counter: Counter | None) -> Cover:
        terms = self.promises.terms[cover.plan_id]
        suspended = cover.suspended_from
        return Cover(
            earlier_id=None,
            coverage_id=cover.id,
            insurer_id=cover.insurer_id,
            person_id=cover.person_id,
            contract_id=pair.clinic.contracts[cover.insurer_id],
            is_contract_active=1,
            cover_from=days.to_day(cover.cover_from),
            cover_to=days.to_day(cover.cover_to),
            waiting_from=days.to_day(cover.waiting_from),
            suspended_from=None if suspended is None else days.to_day(suspended),
            is_active=int(cover.is_active),
            birth=days.to_day(cover.birth),
            sex=_SEXES[cover.sex],
            terms_id=terms.id,
            deductible_gr=terms.deductible_gr,
            sum_insured_gr=terms.sum_insured_gr,
            filing_limit_days=terms.filing_days,
            moves_seen=counter.moves if counter else None,
            usage_id=counter.id if counter else None,
            moves=counter.moves if counter else None,
            used_gr=counter.used_gr if counter else None,
            used_deductible_gr=counter.used_deductible_gr if counter else None,
            allowed_gr=counter.gr if counter else None,
            allowed_deductible_gr=counter.deductible_gr if counter else None,
        )

    def _item(self, pair: Pair, cover: CoverRow, service: ServiceRow, day: date) -> Item:
        terms_id = self.promises.terms[cover.plan_id].id
        found = self.promises.benefits.get((terms_id, service.id))
        benefit = found or _NO_BENEFIT
        counter = self.counters.of_benefit(cover, benefit, day) if found else None
        distance, is_duplicate = self._nearest(pair, cover, service, day, benefit["interval_days"])
        return Item(
            service_id=service.id,
            price_gr=pair.clinic.prices[cover.insurer_id].get(service.id),
            limit_gr=self.promises.limits.get((cover.insurer_id, service.id)),
            is_accepted=1,
            distance=distance,
            is_duplicate=is_duplicate,
            holder_id=cover.holder_id if benefit["is_family_shared"] else cover.id,
            usage_id=counter.id if counter else None,
            used_units=counter.used_units if counter else None,
            used_gr=counter.used_gr if counter else None,
            allowed_units=counter.units if counter else None,
            allowed_gr=counter.gr if counter else None,
            service_name=service.name,
            benefit_code=benefit["code"],
            benefit_name=benefit["name"],
            **self._rules(benefit),
        )

    def _rules(self, benefit: dict[str, Any]) -> dict[str, Any]:
        """Return the benefit's part of the facts, worked out once."""
        found = self._known_rules.get(benefit["benefit_id"])
        if found is None:
            found = self._known_rules[benefit["benefit_id"]] = _rules(benefit)
        return found

    def _nearest(
        self, pair: Pair, cover: CoverRow, service: ServiceRow, day: date, interval: int
    ) -> tuple[int | None, int | None]:
        """Return how many days away the closest same service is, and whether it is the same day's here."""
        distance: int | None = None
        is_duplicate = False
        for had_on, claim in self.had.get((cover.person_id, service.id), ()):
            apart = abs((day - had_on).days)
            if apart > interval or claim.status not in COUNTED:
                continue
            distance = apart if distance is None else min(distance, apart)
            is_duplicate |= apart == 0 and claim.pair.clinic is pair.clinic
        return distance, None if distance is None else int(is_duplicate)


def _rules(benefit: dict[str, Any]) -> dict[str, Any]:
    """Return the benefit's limits and conditions under the names and as the ints of the facts."""
    return {
        "benefit_id": benefit["benefit_id"],
        "count_limit": benefit["count_limit"],
        "amount_limit_gr": benefit["amount_limit_gr"],
        "is_shared": int(benefit["is_family_shared"]),
        "copay_gr": benefit["copay_gr"],
        "coinsurance_bp": benefit["coinsurance_bp"],
        "franchise_gr": benefit["franchise_gr"],
        "waiting_days": benefit["waiting_days"],
        "waiting_months": benefit["waiting_months"],
        "age_from": benefit["age_from"],
        "age_below": benefit["age_below"],
        "sex": _SEXES.get(benefit["sex"], 0),
        "needs_referral": int(benefit["needs_referral"]),
        "referral_valid_days": benefit["referral_valid_days"],
        "needs_authorization": int(benefit["needs_authorization"]),
        "interval_days": benefit["interval_days"],
        "is_excluded": int(benefit["is_excluded"]),
    }
