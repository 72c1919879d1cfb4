"""The insurer's figures: clinics by voivodeship and area against need, limits against prices."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.cache import cache
from django.db import connection

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models

# Whole numbers by the area's id.
_Counted = dict[int, tuple[Any, ...]]
# An accepted price list that has begun is what puts a clinic into an area.
_CLINICS: Final = """
SELECT f.voivodeship, w.area_id, count(*)
FROM (
    SELECT DISTINCT c.provider_id, l.area_id
    FROM network_contract c
    JOIN network_price_list l ON l.contract_id = c.id AND l.status = 'accepted' AND l.valid_from <= %(day)s
    WHERE c.insurer_id = %(insurer)s AND c.status = 'active' AND c.starts_on <= %(day)s
) AS w
JOIN (SELECT DISTINCT organization_id, voivodeship FROM registry_pub_facility) AS f
    ON f.organization_id = w.provider_id
GROUP BY f.voivodeship, w.area_id
"""
# Equal prices of a service are counted first: there are far fewer of them than prices.
_LIMITS: Final = """
WITH services AS (
    SELECT service_id, area_id FROM catalog_pub_service
    WHERE insurer_id IS NULL OR insurer_id = %(insurer)s
), limits AS (
    SELECT service_id, limit_gr FROM plans_pub_price_limit
    WHERE insurer_id = %(insurer)s AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
), prices AS (
    SELECT p.service_id, p.price_gr, count(*) AS clinics FROM network_contracted_price p
    JOIN network_contract c ON c.id = p.contract_id AND c.status = 'active'
    WHERE p.insurer_id = %(insurer)s AND p.valid_from <= %(day)s
        AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
    GROUP BY p.service_id, p.price_gr
), ranked AS (
    SELECT *, sum(clinics) OVER (PARTITION BY service_id ORDER BY price_gr) AS up_to,
        sum(clinics) OVER (PARTITION BY service_id) AS total
    FROM prices
), by_service AS (
    SELECT s.area_id, s.service_id, l.limit_gr, coalesce(sum(r.clinics), 0) AS priced,
        sum(r.clinics) FILTER (WHERE r.price_gr > l.limit_gr) AS over,
        min(r.price_gr) FILTER (WHERE r.up_to * 2 >= r.total) AS median_gr
    FROM services s
    LEFT JOIN limits l ON l.service_id = s.service_id
    LEFT JOIN ranked r ON r.service_id = s.service_id
    GROUP BY s.area_id, s.service_id, l.limit_gr
)
SELECT area_id, count(*), count(*) FILTER (WHERE limit_gr IS NULL), count(*) FILTER (WHERE priced = 0),
    coalesce(sum(priced) FILTER (WHERE limit_gr IS NOT NULL), 0), coalesce(sum(over), 0),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY median_gr * 10000 / limit_gr)
FROM by_service GROUP BY area_id
"""
# The limits of the day in one word: other limits, other figures.
_LIMITS_WORD: Final = """
SELECT md5(string_agg(service_id || '=' || limit_gr, ',' ORDER BY service_id)) FROM plans_pub_price_limit
WHERE insurer_id = %(insurer)s AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
"""
# What took longer to count than this is kept for so long: millions of prices take a second.
_SLOW_SECONDS: Final = 0.2
_KEPT_SECONDS: Final = 300


@dataclass(frozen=True)
class NeedCell:
    """How many clinics there are and how many are wanted; None: no need was set."""

    area: catalog.AreaRow
    there: int
    wanted: int | None

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, (self.wanted or 0) - self.there)


@dataclass(frozen=True)
class NeedRow:
    """One voivodeship with a cell for each area in the product's order."""

    voivodeship: str
    cells: tuple[NeedCell, ...]


@dataclass(frozen=True)
class AreaFigures:
    """Limits against contracted prices in one area; `median_bp`: the middle price in 1/10000 of its limit."""

    area: catalog.AreaRow
    services: int
    without_limit: int
    unoffered: int
    prices: int
    over: int
    median_bp: int | None

    @property
    def over_bp(self) -> int | None:
        """Which share of the prices with a limit is above it, in basis points; None without any."""
        return (self.over * 10_000 + self.prices // 2) // self.prices if self.prices else None


def coverage(actor: Actor, *, voivodeships: tuple[str, ...], on: date) -> list[NeedRow]:
    """Return the clinics against the need, one row for each voivodeship asked for, in that order."""
    insurer_id = _insurer(actor)
    there = {(place, area): count for place, area, count in _rows(_CLINICS, insurer_id, on)}
    wanted = {(row.voivodeship, row.area_id): row.wanted for row in _needs(insurer_id)}
    areas = catalog.areas()
    return [
        NeedRow(
            place,
            tuple(
                NeedCell(area, there.get((place, area.id), 0), wanted.get((place, area.id))) for area in areas
            ),
        )
        for place in voivodeships
    ]


def limits(actor: Actor, *, on: date) -> list[AreaFigures]:
    """Return the figures of every area, in the product's order."""
    return _figures(_counted(_insurer(actor), on))


def recent_limits(actor: Actor, *, on: date, at: datetime) -> tuple[list[AreaFigures], datetime]:
    """Return the figures with the moment they were counted at: now, or minutes ago in a big network.

    A change of limits is always counted; accepted prices and changed contracts within some minutes.
    """
    insurer_id = _insurer(actor)
    ((word,),) = _rows(_LIMITS_WORD, insurer_id, on)
    key = f"network-limits:{insurer_id}:{on}:{word}"
    kept: tuple[_Counted, datetime] | None = cache.get(key)
    if kept is None:
        started = time.monotonic()
        kept = _counted(insurer_id, on), at
        if time.monotonic() - started > _SLOW_SECONDS:
            cache.set(key, kept, _KEPT_SECONDS)
    return _figures(kept[0]), kept[1]


def _counted(insurer_id: int, on: date) -> _Counted:
    return {row[0]: _whole(row[1:]) for row in _rows(_LIMITS, insurer_id, on)}


def _figures(counted: _Counted) -> list[AreaFigures]:
    nothing = (0, 0, 0, 0, 0, None)
    return [AreaFigures(area, *counted.get(area.id, nothing)) for area in catalog.areas()]


def needs(actor: Actor) -> dict[tuple[str, int], int]:
    """Return how many clinics are wanted, by voivodeship and area."""
    return {(row.voivodeship, row.area_id): row.wanted for row in _needs(_insurer(actor))}


def _needs(insurer_id: int) -> list[models.NetworkNeed]:
    return list(models.NetworkNeed.objects.filter(insurer_id=insurer_id))


def _whole(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the database's sums as whole numbers."""
    return tuple(value if value is None else int(value) for value in values)


def _rows(sql: str, insurer_id: int, on: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"insurer": insurer_id, "day": on})
        return list(cursor.fetchall())


def _insurer(actor: Actor) -> int:
    actor.require(Permission.NETWORK_VIEW)
    if actor.organization_kind != "insurer":
        raise NotFound
    return actor.organization()
