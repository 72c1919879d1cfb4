"""The counters of the policy years while the year is played: the rows of the database, in memory."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from ols.claims import facts
from ols.claims.services.decide import Movement
from ols.cli.demo_world.promises import CoverRow, Promises
from ols.cli.demo_world.world import World
from ols.kernel import days

# Units, grosze and deductible that the terms allow in a policy year.
_Limits = tuple[int | None, int | None, int | None]


@dataclass
class Counter:
    """One limit of one holder in one policy year; limits of -1 or null are none."""

    id: int
    holder_id: int
    code: str
    period_from: date
    period_to: date
    units: int | None
    gr: int | None
    deductible_gr: int | None
    used_units: int = 0
    used_gr: int = 0
    used_deductible_gr: int = 0
    moves: int = 0

    def guards(self) -> dict[str, int | None]:
        """Return what the database's check allows."""
        return {
            "allowed_units": facts.guard(self.units, self.used_units),
            "allowed_gr": facts.guard(self.gr, self.used_gr),
            "allowed_deductible_gr": facts.guard(self.deductible_gr, self.used_deductible_gr),
        }


class Counters:
    """All counters, made when they are needed first."""

    def __init__(self, world: World, promises: Promises) -> None:
        """Begin with none."""
        self._world = world
        self._promises = promises
        self._by_key: dict[tuple[int, str, date], Counter] = {}
        self._by_id: dict[int, Counter] = {}

    def of_plan(self, cover: CoverRow, day: date) -> Counter | None:
        """Return the counter the whole plan shares; None outside the cover."""
        terms = self._promises.terms[cover.plan_id]
        return self._get(
            cover, (cover.id, "", cover.cover_from), day, (-1, terms.sum_insured_gr, terms.deductible_gr)
        )

    def of_benefit(self, cover: CoverRow, benefit: dict[str, object], day: date) -> Counter | None:
        """Return the benefit's counter, the family's when it is shared; None outside the cover."""
        code, limits = str(benefit["code"]), (benefit["count_limit"], benefit["amount_limit_gr"], None)
        held = (cover.id, code, cover.cover_from)
        if benefit["is_family_shared"]:
            held = (cover.holder_id, code, cover.family_year_from)
        return self._get(cover, held, day, limits)  # type: ignore[arg-type]  # ints of the view

    def move(self, movement: Movement, *, claim_id: int, at: object, sign: int = 1) -> None:
        """Move a counter by what a claim takes (or gives back: sign -1), and keep the movement."""
        assert movement.usage_id is not None
        counter = self._by_id[movement.usage_id]
        units, amount, deductible = (
            sign * value for value in (movement.units, movement.amount_gr, movement.deductible_gr)
        )
        counter.used_units += units
        counter.used_gr += amount
        counter.used_deductible_gr += deductible
        counter.moves += 1
        self._world.tables.add(
            "claims.UsageMovement",
            claim_id=claim_id,
            usage_id=counter.id,
            at=at,
            units=units,
            amount_gr=amount,
            deductible_gr=deductible,
        )

    def keep(self) -> None:
        """Keep every counter as it stands now."""
        for counter in self._by_id.values():
            self._world.tables.add(
                "claims.Usage",
                id=counter.id,
                holder_id=counter.holder_id,
                benefit_code=counter.code,
                period_from=counter.period_from,
                period_to=counter.period_to,
                used_units=counter.used_units,
                used_gr=counter.used_gr,
                used_deductible_gr=counter.used_deductible_gr,
                moves=counter.moves,
                **counter.guards(),
            )

    def _get(
        self, cover: CoverRow, held: tuple[int, str, date], day: date, limits: _Limits
    ) -> Counter | None:
        """Return the counter of the holder, code and day from which years count."""
        if not cover.cover_from <= day <= cover.cover_to:
            return None
        holder_id, code, year_from = held
        start, end = _policy_year(year_from, day)
        key = holder_id, code, start
        counter = self._by_key.get(key)
        if counter is None:
            counter_id = self._world.tables.next_id("claims.Usage")
            counter = Counter(counter_id, holder_id, code, start, end, *limits)
            self._by_key[key] = self._by_id[counter_id] = counter
        return counter


@cache
def _policy_year(year_from: date, day: date) -> tuple[date, date]:
    return days.policy_year(cover_start=year_from, day=day)
