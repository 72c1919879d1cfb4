"""Looking for a clinic in an insurer's network: by everybody, so only what the clinics show.

One statement (`public_statement.py`) finds the hits, counts them by voivodeship, groups them for the map and
cuts out the page. It asks the contracts and the prices in force themselves: who was suspended a moment ago is
gone.
"""

from dataclasses import dataclass
from math import asin, sqrt
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ols.kernel import closures, hours
from ols.kernel.closures import Closure
from ols.network.selectors import public_statement
from ols.network.selectors.public_statement import Wanted
from ols.registry import geography

PAGE_SIZE: Final = 20
_MOST_SIGNS: Final = 120


@dataclass(frozen=True)
class Point:
    """One place of the map (with its name), or several so near each other that one sign stands for them."""

    latitude: float
    longitude: float
    count: int
    marked: int
    name: str
    uuid: UUID | None


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
    closures: tuple[Closure, ...]
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
    statement, values = public_statement.search(insurer_id, wanted)
    values |= {"cell": 0.12 if wanted.voivodeship else 0.5, "most_signs": _MOST_SIGNS}
    values |= {"size": PAGE_SIZE, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        counted, points, page = cursor.fetchone()
    counts: dict[str, int] = counted or {}
    return Found(
        total=counts.get(wanted.voivodeship, 0) if wanted.voivodeship else sum(counts.values()),
        rows=tuple(_row(row) for row in page or []),
        by_voivodeship={code: count for code, count in counts.items() if code},
        points=tuple(_point(row) for row in points or []),
    )


def _row(row: dict[str, Any]) -> PlaceRow:
    areas = frozenset(row["area_ids"])
    return PlaceRow(
        uuid=UUID(row["uuid"]),
        week=hours.from_minutes(row["open_from"], row["open_to"]),
        closures=closures.from_columns(row["closed_from"], row["closed_to"], row["closed_for"]),
        specialities=tuple(row["specialities"]),
        is_marked=row["marked"],
        km=None if row["angle"] is None else public_statement.EARTH_KM * asin(sqrt(min(row["angle"], 1.0))),
        area_ids=areas,
        marked_area_ids=areas.intersection(row["marked_area_ids"]),
        **{name: row[name] for name in _SAME},
    )


_SAME: Final = (
    "provider_id", "name", "street", "postal_code", "city", "voivodeship", "phone", "closed_on_holidays",
    "wheelchair", "is_exact",
)  # fmt: skip


def _point(row: dict[str, Any]) -> Point:
    uuid = UUID(row["uuid"]) if row["uuid"] else None
    return Point(row["latitude"], row["longitude"], row["n"], row["marked"], row["name"] or "", uuid)


def position(point: Point) -> tuple[float, float]:
    """Return where the point is in the drawing of Poland."""
    return geography.project(point.latitude, point.longitude)
