"""Looking for a clinic in an insurer's network: by everybody, so only what the clinics show.

One statement finds the hits, counts them by voivodeship, groups them for the map and cuts out the page. It
asks the contracts and the prices in force themselves: who was suspended a moment ago is gone.
"""

from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ols.accounts import selectors as accounts
from ols.kernel import hours
from ols.network.selectors import highlighted, lapsed
from ols.registry import geography

PAGE_SIZE: Final = 20
_KM_A_DEGREE: Final = 111.2
_MOST_POINTS: Final = 120

# Whoever can be asked for a benefit that day: an active contract that has begun, with a price in force.
MEMBERS: Final = """
FROM network_contract k
JOIN network_offered o ON o.contract_id = k.id AND o.valid_from <= %(day)s
    AND (o.valid_to IS NULL OR o.valid_to > %(day)s)
JOIN registry_pub_card c ON c.organization_id = k.provider_id
LEFT JOIN (SELECT x.provider_id, array_agg(x.area_id) AS areas
    FROM unnest(%(lapsed_providers)s::bigint[], %(lapsed_areas)s::int[]) AS x(provider_id, area_id)
    GROUP BY x.provider_id) AS l ON l.provider_id = k.provider_id
{highlights}
WHERE k.insurer_id = %(insurer)s AND k.status = 'active' AND k.starts_on <= %(day)s
    AND (k.ends_on IS NULL OR k.ends_on > %(day)s)
    AND NOT (k.provider_id = ANY(%(blocked)s))
    AND (l.areas IS NULL OR NOT o.area_ids <@ l.areas)
""".replace("{highlights}", highlighted.JOINED)
# What is not suspended of a contract's areas and services.
AREAS: Final = """CASE WHEN l.areas IS NULL THEN o.area_ids ELSE
    ARRAY(SELECT area FROM unnest(o.area_ids) AS area WHERE area <> ALL (l.areas)) END"""
_IN_AREA: Final = "%(area)s = ANY(o.area_ids) AND (l.areas IS NULL OR %(area)s <> ALL(l.areas))"
_DOES: Final = """o.service_ids && %(services)s::int[] AND (l.areas IS NULL OR EXISTS (
    SELECT 1 FROM catalog_pub_service s WHERE s.service_id = ANY(%(services)s)
        AND s.service_id = ANY(o.service_ids) AND s.area_id <> ALL(l.areas)))"""
_OPEN: Final = """EXISTS (SELECT 1 FROM unnest(c.open_from, c.open_to) AS span(a, b) WHERE {when})
    AND NOT (c.closed_on_holidays AND %(holiday)s)"""
_KM: Final = """(12742.0 * asin(sqrt(least(1.0, power(sin(radians(c.latitude - %(latitude)s) / 2), 2)
    + cos(radians(%(latitude)s)) * cos(radians(c.latitude))
    * power(sin(radians(c.longitude - %(longitude)s) / 2), 2)))))"""
_NEAR: Final = """c.latitude BETWEEN %(south)s AND %(north)s AND c.longitude BETWEEN %(west)s AND %(east)s
    AND {km} <= %(km)s"""
_SEARCH: Final = """
WITH hits AS MATERIALIZED (
    SELECT c.card_id, k.provider_id, c.voivodeship, c.latitude, c.longitude, c.sort_key, {areas} AS area_ids,
        {marked} AS marked, {distance} AS km
    {members} {where}
), shown AS MATERIALIZED (
    SELECT * FROM hits WHERE {inside}
)
SELECT (SELECT count(*) FROM shown),
    (SELECT json_object_agg(voivodeship, n) FROM
        (SELECT voivodeship, count(*) AS n FROM hits GROUP BY voivodeship) AS of_voivodeship),
    (SELECT json_agg(point) FROM (SELECT sign.*, c.name, c.uuid FROM (
        SELECT count(*) AS n, avg(latitude) AS latitude, avg(longitude) AS longitude,
            count(*) FILTER (WHERE marked) AS marked, min(card_id) AS card_id
        FROM shown WHERE latitude IS NOT NULL
        GROUP BY floor(latitude / %(cell)s), floor(longitude * 0.616 / %(cell)s)
        ORDER BY n DESC LIMIT %(most_points)s) AS sign JOIN registry_pub_card c USING (card_id)) AS point),
    (SELECT json_agg(page) FROM (
        SELECT c.*, s.provider_id, s.marked, s.km, s.area_ids FROM (
            SELECT card_id, provider_id, marked, km, sort_key, area_ids FROM shown
            ORDER BY marked DESC, km NULLS LAST, sort_key, card_id LIMIT %(size)s OFFSET %(offset)s
        ) AS s JOIN registry_pub_card c USING (card_id)
        ORDER BY s.marked DESC, s.km NULLS LAST, s.sort_key, s.card_id) AS page)
"""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `service_ids` and `words` (of name, town, speciality) are alternatives.

    `point` is latitude and longitude, `km` how far from it; `minute` is of the week; `weekday` 0 is Monday.
    """

    day: date
    service_ids: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    area_id: int | None = None
    voivodeship: str = ""
    point: tuple[float, float] | None = None
    km: int | None = None
    minute: int | None = None
    weekday: int | None = None
    is_holiday: bool = False
    only_marked: bool = False


@dataclass(frozen=True)
class Point:
    """One place of the map, or several so near each other that one sign stands for them."""

    latitude: float
    longitude: float
    count: int
    marked: int
    name: str
    uuid: UUID


@dataclass(frozen=True)
class PlaceRow:
    """One address of a clinic in the list; areas are ids, `marked_area_ids` those it is highlighted in."""

    uuid: UUID
    provider_id: int
    name: str
    street: str
    postal_code: str
    city: str
    voivodeship: str
    phone: str
    week: hours.Week
    closed_on_holidays: bool
    wheelchair: str
    specialities: tuple[str, ...]
    is_exact: bool
    is_marked: bool
    km: float | None
    area_ids: frozenset[int]
    marked_area_ids: frozenset[int]


@dataclass(frozen=True)
class Found:
    """A page of what was found, and everything found as counts by voivodeship and points of the map."""

    total: int
    rows: tuple[PlaceRow, ...]
    by_voivodeship: dict[str, int]
    points: tuple[Point, ...]


def find_places(*, insurer_id: int, wanted: Wanted, offset: int = 0) -> Found:
    """Find the addresses of the network's clinics, highlighted ones first, then the nearest, then by name."""
    values = {
        **base_values(insurer_id, wanted.day),
        "cell": 0.12 if wanted.voivodeship else 0.5,
        "most_points": _MOST_POINTS,
        "size": PAGE_SIZE,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(wanted, values), values)
        total, counted, points, page = cursor.fetchone()
    found = page or []
    marked = highlighted.marked_areas(insurer_id, {row["provider_id"] for row in found}, wanted.day)
    return Found(
        total=total,
        rows=tuple(_row(row, marked) for row in found),
        by_voivodeship={code: count for code, count in (counted or {}).items() if code},
        points=tuple(_point(row) for row in points or []),
    )


def base_values(insurer_id: int, day: date) -> dict[str, Any]:
    """Return what MEMBERS asks for."""
    gone = lapsed.lapsed(insurer_id=insurer_id, day=day)
    return {
        "insurer": insurer_id,
        "day": day,
        "blocked": [*accounts.blocked_providers(), *gone.providers],
        "lapsed_providers": [provider for provider, _ in gone.areas],
        "lapsed_areas": [area for _, area in gone.areas],
    }


def _statement(wanted: Wanted, values: dict[str, Any]) -> str:
    """Put the statement together of constant pieces; what was typed goes into `values` only."""
    conditions = [*_what(wanted, values), *_when(wanted, values), *_where(wanted, values)]
    marked = highlighted.marked_sql(wanted.area_id, values)
    if wanted.only_marked:
        conditions.append(marked)
    inside = "true"
    if wanted.voivodeship:
        inside, values["voivodeship"] = "voivodeship = %(voivodeship)s", wanted.voivodeship
    pieces = {
        "{members}": MEMBERS,
        "{areas}": AREAS,
        "{where}": "".join(f" AND {condition}" for condition in conditions),
        "{marked}": marked,
        "{distance}": _KM if wanted.point else "NULL::float8",
        "{inside}": inside,
    }
    statement = _SEARCH
    for name, piece in pieces.items():
        statement = statement.replace(name, piece)
    return statement


def _what(wanted: Wanted, values: dict[str, Any]) -> list[str]:
    """Ask for services or words, and for an area."""
    conditions, either = [], []
    if wanted.service_ids:
        values["services"] = list(wanted.service_ids)
        either.append(f"({_DOES})")
    if wanted.words:
        for number, word in enumerate(wanted.words):
            values[f"word{number}"] = f"%{_literal(word)}%"
        every = " AND ".join(f"c.search_key LIKE %(word{number})s" for number in range(len(wanted.words)))
        either.append(f"({every})")
    if either:
        conditions.append(f"({' OR '.join(either)})")
    if wanted.area_id is not None:
        values["area"] = wanted.area_id
        conditions.append(_IN_AREA)
    return conditions


def _when(wanted: Wanted, values: dict[str, Any]) -> list[str]:
    """Ask for an hour or a day of the week."""
    conditions = []
    values["holiday"] = wanted.is_holiday
    if wanted.minute is not None:
        values["minute"] = wanted.minute
        conditions.append(_OPEN.replace("{when}", "span.a <= %(minute)s AND %(minute)s < span.b"))
    if wanted.weekday is not None:
        values["weekday"] = wanted.weekday
        conditions.append(_OPEN.replace("{when}", "span.a / 1440 = %(weekday)s"))
    if not conditions:
        del values["holiday"]
    return conditions


def _where(wanted: Wanted, values: dict[str, Any]) -> list[str]:
    """Ask for what is near; a box that the distance fits in is compared first."""
    if wanted.point is None:
        return []
    latitude, longitude = values["latitude"], values["longitude"] = wanted.point
    if wanted.km is None:
        return []
    high = wanted.km / _KM_A_DEGREE
    wide = high / max(cos(radians(latitude)), 0.1)
    values |= {"km": wanted.km, "south": latitude - high, "north": latitude + high}
    values |= {"west": longitude - wide, "east": longitude + wide}
    return [_NEAR.replace("{km}", _KM)]


def _literal(word: str) -> str:
    """Return the word so that LIKE takes every sign of it as it is."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _row(row: dict[str, Any], marked: dict[int, frozenset[int]]) -> PlaceRow:
    areas = frozenset(row["area_ids"])
    return PlaceRow(
        uuid=UUID(row["uuid"]),
        week=hours.from_minutes(row["open_from"], row["open_to"]),
        specialities=tuple(row["specialities"]),
        is_marked=row["marked"],
        area_ids=areas,
        marked_area_ids=marked.get(row["provider_id"], frozenset()) & areas,
        **{name: row[name] for name in _SAME},
    )


_SAME: Final = (
    "provider_id", "name", "street", "postal_code", "city", "voivodeship", "phone", "closed_on_holidays",
    "wheelchair", "is_exact", "km",
)  # fmt: skip


def _point(row: dict[str, Any]) -> Point:
    return Point(row["latitude"], row["longitude"], row["n"], row["marked"], row["name"], UUID(row["uuid"]))


def position(point: Point) -> tuple[float, float]:
    """Return where the point is in the drawing of Poland."""
    return geography.project(point.latitude, point.longitude)
