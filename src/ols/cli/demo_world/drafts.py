"""Claims as receptionists would ask for them: plausible services for plausible people."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate

from ols.claims.types import ClaimDraft, DraftLine
from ols.cli.demo_world.promises import CoverRow, Promises, ServiceRow
from ols.cli.demo_world.world import Clinic, World
from ols.kernel import days

# How often a visit belongs to an area, and how many services it has.
_AREAS = {
    "CONS": (45, (1, 1, 1, 2)),
    "NURS": (8, (1, 1, 2)),
    "HOME": (3, (1,)),
    "LAB": (25, (2, 3, 4, 5)),
    "IMG": (10, (1,)),
    "REHAB": (12, (1, 2, 3)),
    "DENT": (8, (1, 2, 3)),
}
_DIAGNOSES = ("J06.9", "I10", "M54.5", "E11.9", "Z00.0", "K02.1", "N39.0", "H52.1", "R51", "")
_FOR_WOMEN = ("ginekolog", "piersi", "Mammografia")
_FOR_CHILDREN = ("pediatr",)
_ADULT = 18
_SERIES = "REHAB"
_TRIES = 6
_BILLED_ABOVE, _ABOVE_PERCENT = 0.03, 110
_HAS_REFERRAL = 0.93
_OUT_OF_COVER = 0.02


@dataclass(frozen=True)
class Pair:
    """A clinic and an insurer it has a contract with: who can claim what from whom."""

    clinic: Clinic
    insurer_id: int
    covers: list[CoverRow]
    services: dict[str, list[ServiceRow]]

    @cached_property
    def areas(self) -> tuple[list[str], list[int]]:
        """Return the areas and how often each is asked for, added up."""
        return list(self.services), list(accumulate(_AREAS[code][0] for code in self.services))


def pairs(world: World, promises: Promises) -> list[Pair]:
    """Return every pair, the insured in an order of chance: the first ones come often."""
    covers: dict[int, list[CoverRow]] = {insurer.id: [] for insurer in world.insurers}
    for cover in promises.covers.values():
        covers[cover.insurer_id].append(cover)
    for rows in covers.values():
        world.chance.shuffle(rows)
    return [
        Pair(clinic, insurer_id, covers[insurer_id], _by_area(promises, prices))
        for clinic in world.clinics
        for insurer_id, prices in clinic.prices.items()
    ]


def _by_area(promises: Promises, prices: dict[int, int]) -> dict[str, list[ServiceRow]]:
    found: dict[str, list[ServiceRow]] = {}
    for service_id in prices:
        service = promises.services[service_id]
        found.setdefault(service.code.split("-")[0], []).append(service)
    return found


def invent(world: World, promises: Promises, pair: Pair, day: date) -> tuple[CoverRow, ClaimDraft]:
    """Return who comes on the day and what is asked for."""
    chance = world.chance
    cover = _patient(world, pair, day)
    areas, weights = pair.areas
    area = chance.choices(areas, cum_weights=weights)[0]
    choice = [row for row in pair.services[area] if _suits(row, cover, day)]
    rows = chance.sample(choice, min(chance.choice(_AREAS[area][1]), len(choice)))
    lines = tuple(_line(world, row, pair.clinic.prices[pair.insurer_id][row.id]) for row in rows)
    terms = promises.terms[cover.plan_id]
    benefits = [promises.benefits.get((terms.id, row.id)) for row in rows]
    needs_referral = any(benefit and benefit["needs_referral"] for benefit in benefits)
    has_referral = needs_referral and chance.random() < _HAS_REFERRAL
    draft = ClaimDraft(
        cover.uuid,
        day,
        lines,
        practitioner_npwz=chance.choice(pair.clinic.doctors),
        diagnosis=chance.choice(_DIAGNOSES),
        referral_number=f"SK/{day.year}/{chance.randrange(10**6):06d}" if has_referral else "",
        referral_date=day - timedelta(days=chance.randrange(1, 100)) if has_referral else None,
    )
    return cover, draft


def _patient(world: World, pair: Pair, day: date) -> CoverRow:
    """Choose somebody who is covered, or rarely somebody who only thinks so."""
    for _ in range(_TRIES):
        cover = pair.covers[int(len(pair.covers) * world.chance.random() ** 2)]
        if _is_covered(cover, day) or world.chance.random() < _OUT_OF_COVER:
            return cover
    return cover


def _is_covered(cover: CoverRow, day: date) -> bool:
    suspended = cover.suspended_from is not None and cover.suspended_from <= day
    return cover.cover_from <= day <= cover.cover_to and not suspended


def _suits(service: ServiceRow, cover: CoverRow, day: date) -> bool:
    """Leave out what nobody would ask for this person."""
    for_women, for_children = _meant_for(service.name)
    if for_women:
        return cover.sex == "F"
    return not for_children or days.age_on(cover.birth, day) < _ADULT


@cache
def _meant_for(name: str) -> tuple[bool, bool]:
    """Return whether a service is for women only, and whether for children only."""
    return any(word in name for word in _FOR_WOMEN), any(word in name for word in _FOR_CHILDREN)


def _line(world: World, service: ServiceRow, price_gr: int) -> DraftLine:
    """Ask for a service; a clinic now and then bills more than was agreed."""
    quantity = world.chance.randrange(1, 4) if service.code.startswith(_SERIES) else 1
    is_above = world.chance.random() < _BILLED_ABOVE
    billed_gr = price_gr * _ABOVE_PERCENT // 100 if is_above else None
    return DraftLine(service.code, quantity, billed_gr)
