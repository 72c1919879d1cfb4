"""Where things are in Poland: voivodeships as shapes, places with coordinates, distances.

`poland.csv` and `places.csv` beside this file are made by script/geography.py (docs/third-party.md).
Coordinates are degrees (WGS 84); the drawing is WIDTH × HEIGHT units of about 1.4 km.
"""

import csv
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Final

from ols.kernel.sortkey import polish_sort_key, search_key

WIDTH, HEIGHT = 502, 480
EARTH_KM: Final = 6371.0
# The same numbers as in script/geography.py.
WEST, NORTH, UNITS_A_DEGREE = 14.0, 54.95, 80.0
SQUEEZE: Final = cos(radians(52))
# A place so much bigger than all others of its name is the one that is meant.
_KNOWN_TO_ALL: Final = 50_000
_TIMES_BIGGER: Final = 20
_MOST_CHOICES: Final = 30
_MOST_SIMILAR: Final = 6
# The coast and the borders are drawn to a few kilometres.
_OFF_THE_SHAPE_KM: Final = 8
_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Shape:
    """A voivodeship: `path` is what SVG draws."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """A town, village or district; `near` tells places of one name and voivodeship apart."""

    name: str
    voivodeship: str
    latitude: float
    longitude: float
    population: int
    near: str

    @property
    def label(self) -> str:
        """The name that is like no other: "Józefów (Otwock), mazowieckie"."""
        near = f" ({self.near})" if self.near else ""
        return f"{self.name}{near}, {voivodeships()[self.voivodeship]}"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a typed place may mean: one, or several to choose from, or none and what looks similar."""

    place: Place | None = None
    choices: tuple[Place, ...] = ()
    similar: tuple[Place, ...] = ()


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the voivodeships in Polish order."""
    found = [Shape(row["teryt"], row["name"], row["path"]) for row in _rows("poland.csv")]
    return tuple(sorted(found, key=lambda shape: polish_sort_key(shape.name)))


@cache
def voivodeships() -> dict[str, str]:
    """Return the names by TERYT code, in Polish order."""
    return {shape.code: shape.name for shape in shapes()}


@cache
def places() -> tuple[Place, ...]:
    """Return every place, the biggest first."""
    return tuple(
        Place(
            name=row["name"],
            voivodeship=row["voivodeship"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"]),
            near=row["near"],
        )
        for row in _rows("places.csv")
    )


def meant(text: str, *, voivodeship: str = "") -> Meant:
    """Return the place a visitor means: by its label, or by its name without accents.

    `voivodeship` (a TERYT code) decides between places of one name.
    """
    wanted = search_key(text)
    if not wanted:
        return Meant()
    by_label = _by_label().get(wanted)
    if by_label is not None:
        return Meant(by_label)
    name = wanted.partition(",")[0].strip()
    found = _by_name().get(name, ())
    inside = tuple(place for place in found if place.voivodeship == voivodeship)
    found = inside or found
    if not found:
        return Meant(similar=_similar(name))
    if len(found) == 1 or _is_known_to_all(found):
        return Meant(found[0], choices=(*found[1:], *_longer(name))[:_MOST_CHOICES])
    return Meant(choices=found[:_MOST_CHOICES])


def located(city: str, voivodeship: str) -> Place | None:
    """Return where a town of an address is; of several the biggest, for a clinic is in a town."""
    found = _by_name().get(search_key(city), ())
    inside = [place for place in found if place.voivodeship == voivodeship]
    return inside[0] if inside else (found[0] if found and not voivodeship else None)


def nearest(latitude: float, longitude: float) -> Place:
    """Return the place nearest to a point."""
    return min(
        places(),
        key=lambda place: (
            (place.latitude - latitude) ** 2 + ((place.longitude - longitude) * SQUEEZE) ** 2,
            -place.population,
        ),
    )


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two points, each latitude and longitude."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a point is in the drawing."""
    return (longitude - WEST) * SQUEEZE * UNITS_A_DEGREE, (NORTH - latitude) * UNITS_A_DEGREE


def is_in_poland(latitude: float, longitude: float) -> bool:
    """Say whether the point is in Poland, give or take the roughness of the drawing."""
    point = project(latitude, longitude)
    if any(_is_inside(point, shape.code) for shape in shapes()):
        return True
    close = nearest(latitude, longitude)
    return distance_km((latitude, longitude), (close.latitude, close.longitude)) <= _OFF_THE_SHAPE_KM


@cache
def box(code: str) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a voivodeship in the drawing."""
    points = [point for ring in _rings(code) for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _is_inside(point: tuple[float, float], code: str) -> bool:
    """Count the borders to the right of the point: odd is inside."""
    x, y = point
    inside = False
    for ring in _rings(code):
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@cache
def _rings(code: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Read a shape's path back into points."""
    path = next(shape.path for shape in shapes() if shape.code == code)
    rings = []
    for part in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x = y = 0
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(tuple(points))
    return tuple(rings)


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in places():
        found.setdefault(search_key(place.name), []).append(place)
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def _by_label() -> dict[str, Place]:
    return {search_key(place.label): place for place in reversed(places())}


def _is_known_to_all(found: tuple[Place, ...]) -> bool:
    first, second = found[0].population, found[1].population
    return first >= _KNOWN_TO_ALL and first >= _TIMES_BIGGER * second


def _longer(name: str) -> tuple[Place, ...]:
    """Return places whose name goes on after the same words: "Grodzisk Mazowiecki" for "Grodzisk"."""
    return tuple(rows[0] for known, rows in _by_name().items() if known.startswith(f"{name} "))


def _similar(name: str) -> tuple[Place, ...]:
    """Return places that begin so, or are written nearly so."""
    names = [known for known in _by_name() if known.startswith(name)][:_MOST_SIMILAR]
    names = names or get_close_matches(name, _by_name(), n=_MOST_SIMILAR, cutoff=0.75)
    return tuple(_by_name()[known][0] for known in names)


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
