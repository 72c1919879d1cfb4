"""The statement of the public search, put together of constant pieces.

What a visitor typed goes into the values only. What is rare costs nothing while it is not there: clinics
suspended for want of an acceptance, services that were retired.
"""

from dataclasses import dataclass, field
from datetime import date
from math import cos, radians, sin
from typing import Any, Final

from ols.accounts import selectors as accounts
from ols.catalog import selectors as catalog
from ols.kernel import hours
from ols.network.selectors import highlighted, lapsed

EARTH_KM: Final = 12742.0
_KM_A_DEGREE: Final = 111.2

# Whoever can be asked for a benefit that day: an active contract that has begun, with a price in force.
MEMBERS: Final = """
FROM network_contract k
JOIN network_offered o ON o.contract_id = k.id AND o.valid_from <= %(day)s
    AND (o.valid_to IS NULL OR o.valid_to > %(day)s)
JOIN registry_pub_card c ON c.organization_id = k.provider_id
{lapsed} {highlights}
WHERE k.insurer_id = %(insurer)s AND k.status = 'active' AND k.starts_on <= %(day)s
    AND (k.ends_on IS NULL OR k.ends_on > %(day)s) AND NOT (k.provider_id = ANY(%(blocked)s))
"""
_LAPSED: Final = """LEFT JOIN (SELECT x.provider_id, array_agg(x.area_id) AS areas
    FROM unnest(%(lapsed_providers)s::bigint[], %(lapsed_areas)s::int[]) AS x(provider_id, area_id)
    GROUP BY x.provider_id) AS l ON l.provider_id = k.provider_id"""
_NOT_LAPSED: Final = """CASE WHEN l.areas IS NULL THEN {areas} ELSE
    ARRAY(SELECT area FROM unnest({areas}) AS area WHERE area <> ALL (l.areas)) END"""
# An area goes when every service that the prices of it are for was retired.
_NOT_RETIRED: Final = """array_remove({areas},
    CASE WHEN o.service_ids && %(kept{area})s::int[] THEN NULL ELSE {area} END)"""
_DOES: Final = """(l.areas IS NULL OR EXISTS (SELECT 1 FROM catalog_pub_service s
    WHERE s.service_id = ANY(%(services)s) AND s.service_id = ANY(o.service_ids)
        AND s.area_id <> ALL(l.areas)))"""
# Beginnings are in order and hours do not overlap: one look into the array, no subquery for each clinic.
_OPEN_AT: Final = "c.open_to[width_bucket(%(minute)s, c.open_from)] > %(minute)s"
_OPEN_ON: Final = "width_bucket(%(midnight)s, c.open_from) > width_bucket(%(midnight_before)s, c.open_from)"
# Closed days are in order and do not overlap, either.
_NOT_CLOSED: Final = "(c.closed_to[width_bucket(%(open_on)s, c.closed_from)] >= %(open_on)s) IS NOT TRUE"
# The haversine of the angle between two points: it grows with the distance.
_ANGLE: Final = """(power(sin(radians(c.latitude - %(latitude)s) / 2), 2)
    + %(parallel)s * cos(radians(c.latitude)) * power(sin(radians(c.longitude - %(longitude)s) / 2), 2))"""
_NEAR: Final = """c.latitude BETWEEN %(south)s AND %(north)s AND c.longitude BETWEEN %(west)s AND %(east)s
    AND {angle} <= %(angle)s"""
_SEARCH: Final = """
WITH hits AS MATERIALIZED (
    SELECT c.card_id, k.id, k.provider_id, o.id AS offered_id, c.voivodeship, c.latitude, c.longitude,
        c.sort_key, h.contract_id IS NOT NULL AS marked, {angle} AS angle
    {members} {where}
), cells AS MATERIALIZED (
    SELECT voivodeship, floor(latitude / %(cell)s) AS y, floor(longitude * 0.616 / %(cell)s) AS x,
        count(*) AS n, sum(latitude) AS latitude, sum(longitude) AS longitude,
        count(*) FILTER (WHERE marked) AS marked, min(card_id) AS card_id
    FROM hits GROUP BY 1, 2, 3
)
SELECT (SELECT json_object_agg(voivodeship, n) FROM
        (SELECT voivodeship, sum(n) AS n FROM cells GROUP BY voivodeship) AS of_voivodeship),
    (SELECT json_agg(sign) FROM (SELECT s.*, c.name, c.uuid FROM (
        SELECT sum(n) AS n, sum(latitude) / sum(n) AS latitude, sum(longitude) / sum(n) AS longitude,
            sum(marked) AS marked, min(card_id) AS card_id
        FROM cells WHERE y IS NOT NULL AND {inside} GROUP BY y, x
        ORDER BY n DESC, card_id LIMIT %(most_signs)s
    ) AS s LEFT JOIN registry_pub_card c ON c.card_id = s.card_id AND s.n = 1) AS sign),
    (SELECT json_agg(page) FROM (
        SELECT c.uuid, k.provider_id, c.name, c.street, c.postal_code, c.city, c.voivodeship, c.phone,
            c.open_from, c.open_to, c.closed_from, c.closed_to, c.closed_for,
            c.closed_on_holidays, c.wheelchair, c.specialities, c.is_exact,
            k.marked, k.angle, {areas} AS area_ids,
            ARRAY(SELECT x.area_id {badges} AND x.contract_id = k.id) AS marked_area_ids
        FROM (
            SELECT * FROM hits WHERE {inside}
            ORDER BY marked DESC, angle NULLS LAST, sort_key, card_id LIMIT %(size)s OFFSET %(offset)s
        ) AS k JOIN network_offered o ON o.id = k.offered_id JOIN registry_pub_card c USING (card_id) {lapsed}
        ORDER BY k.marked DESC, k.angle NULLS LAST, k.sort_key, k.card_id) AS page)
"""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `service_ids` and `words` (of name, town, speciality) are alternatives.

    `point` is latitude and longitude, `km` how far from it; `minute` is of the week; `weekday` 0 is Monday;
    `open_on` is the date of either: closed days are compared with it.
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
    open_on: date | None = None
    is_holiday: bool = False
    only_marked: bool = False


@dataclass(frozen=True)
class Network:
    """One insurer's clinics on a day: the pieces other statements are made of, and their values.

    `members` is FROM and WHERE with a place for joined highlights, `areas` what counts of a clinic's areas;
    `lapsed` is joined for them.
    """

    members: str
    areas: str
    lapsed: str
    values: dict[str, Any]

    def statement(self, text: str, *, highlights: str = "") -> str:
        """Put the pieces into a statement's places for them."""
        return (
            text.replace("{members}", self.members)
            .replace("{highlights}", highlights)
            .replace("{areas}", self.areas)
            .replace("{lapsed}", self.lapsed)
        )


def network(insurer_id: int, day: date) -> Network:
    """Return the pieces for an insurer's network on a day."""
    gone = lapsed.lapsed(insurer_id=insurer_id, day=day)
    values: dict[str, Any] = {"insurer": insurer_id, "day": day}
    values["blocked"] = [*accounts.blocked_providers(), *gone.providers]
    areas, joined = "o.area_ids", ""
    for area_id, kept in catalog.areas_with_retired(insurer_id=insurer_id, on=day).items():
        values[f"kept{area_id}"] = list(kept)
        areas = _NOT_RETIRED.replace("{areas}", areas).replace("{area}", str(area_id))
    if gone.areas:
        values["lapsed_providers"] = [provider for provider, _ in gone.areas]
        values["lapsed_areas"] = [area for _, area in gone.areas]
        areas, joined = _NOT_LAPSED.replace("{areas}", areas), _LAPSED
    members = MEMBERS.replace("{lapsed}", joined)
    if areas != "o.area_ids":
        members += f" AND {areas} <> '{{}}'"
    return Network(members, areas, joined, values)


@dataclass
class _Conditions:
    """What is asked for beside belonging to the network."""

    network: Network
    found: list[str] = field(default_factory=list)

    def add(self, condition: str, **values: Any) -> None:
        """Ask for something more."""
        self.found.append(condition)
        self.network.values.update(values)


def search(insurer_id: int, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """Return the statement that finds what is wanted, and its values; paging and cells are the caller's."""
    of_insurer = network(insurer_id, wanted.day)
    conditions = _Conditions(of_insurer)
    _what(wanted, conditions)
    _when(wanted, conditions)
    _where(wanted, conditions)
    if wanted.only_marked:
        conditions.add("h.contract_id IS NOT NULL")
    if wanted.voivodeship:
        of_insurer.values["voivodeship"] = wanted.voivodeship
    pieces = {
        "{where}": "".join(f" AND {condition}" for condition in conditions.found),
        "{angle}": _ANGLE if wanted.point else "NULL::float8",
        "{inside}": "voivodeship = %(voivodeship)s" if wanted.voivodeship else "true",
        "{badges}": highlighted.BADGES,
    }
    statement = _SEARCH
    for name, piece in pieces.items():
        statement = statement.replace(name, piece)
    joined = highlighted.joined(wanted.area_id, with_lapsed=bool(of_insurer.lapsed))
    return of_insurer.statement(statement, highlights=joined), of_insurer.values


def _what(wanted: Wanted, conditions: _Conditions) -> None:
    """Ask for services or words, and for an area."""
    either = []
    if wanted.service_ids:
        conditions.network.values["services"] = list(wanted.service_ids)
        of_areas = f" AND {_DOES}" if conditions.network.lapsed else ""
        either.append(f"(o.service_ids && %(services)s::int[]{of_areas})")
    if wanted.words:
        for number, word in enumerate(wanted.words):
            conditions.network.values[f"word{number}"] = f"%{_literal(word)}%"
        every = " AND ".join(f"c.search_key LIKE %(word{number})s" for number in range(len(wanted.words)))
        either.append(f"({every})")
    if either:
        conditions.add(f"({' OR '.join(either)})")
    if wanted.area_id is not None:
        conditions.add(f"%(area)s = ANY({conditions.network.areas})", area=wanted.area_id)


def _when(wanted: Wanted, conditions: _Conditions) -> None:
    """Ask for an hour or a day of the week."""
    if wanted.minute is not None:
        conditions.add(_OPEN_AT, minute=wanted.minute)
    if wanted.weekday is not None:
        before = wanted.weekday * hours.DAY - 1
        conditions.add(_OPEN_ON, midnight=before + hours.DAY, midnight_before=before)
    if wanted.open_on is not None:
        conditions.add(_NOT_CLOSED, open_on=wanted.open_on)
    if wanted.is_holiday and (wanted.minute, wanted.weekday) != (None, None):
        conditions.add("NOT c.closed_on_holidays")


def _where(wanted: Wanted, conditions: _Conditions) -> None:
    """Ask for what is near; a box that the distance fits in is compared first."""
    if wanted.point is None:
        return
    latitude, longitude = wanted.point
    parallel = cos(radians(latitude))
    conditions.network.values.update(latitude=latitude, longitude=longitude, parallel=parallel)
    if wanted.km is None:
        return
    high = wanted.km / _KM_A_DEGREE
    wide = high / max(parallel, 0.1)
    conditions.add(
        _NEAR.replace("{angle}", _ANGLE),
        south=latitude - high,
        north=latitude + high,
        west=longitude - wide,
        east=longitude + wide,
        angle=sin(min(wanted.km / EARTH_KM, 1.5)) ** 2,
    )


def _literal(word: str) -> str:
    """Return the word so that LIKE takes every sign of it as it is."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
