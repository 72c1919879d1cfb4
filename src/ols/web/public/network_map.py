"""The map of Poland as plain values: shapes that are links, and signs for what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, pi, sin
from typing import Final
from uuid import UUID

from ols.network.selectors.public_places import Found, Point, position
from ols.registry import geography

_EDGE: Final = 8
# A sign is so many units wide when the whole of Poland is drawn this wide.
_DRAWN_AT: Final = 500
_SPIKES: Final = 5


@dataclass(frozen=True, slots=True)
class MapShape:
    """A voivodeship; `url` narrows the list to it, or widens it again when it is the current one."""

    code: str
    name: str
    path: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MapSign:
    """One clinic or several near each other; `star` is drawn where one of them is highlighted."""

    x: str
    y: str
    radius: str
    text_y: str
    count: int
    name: str
    url: str
    star: str


@dataclass(frozen=True, slots=True)
class Map:
    """Everything there is to draw (`network_drawing.py`), and the list of voivodeships beside it."""

    view_box: str
    font_size: str
    line_width: str
    shapes: tuple[MapShape, ...]
    signs: tuple[MapSign, ...]
    is_close: bool
    here: tuple[str, str] | None = None


def draw(
    found: Found,
    *,
    voivodeship: str,
    shape_url: Callable[[str], str],
    clinic_url: Callable[[UUID], str],
    here: tuple[float, float] | None = None,
) -> Map:
    """Draw what was found: the whole country, or one voivodeship close by."""
    left, top, width, height = _frame(voivodeship)
    unit = max(width, height) / _DRAWN_AT
    shapes = tuple(
        MapShape(
            code=shape.code,
            name=shape.name,
            path=shape.path,
            count=found.by_voivodeship.get(shape.code, 0),
            url=shape_url("" if shape.code == voivodeship else shape.code),
            is_current=shape.code == voivodeship,
        )
        for shape in geography.shapes()
    )
    x, y = geography.project(*here) if here else (0.0, 0.0)
    return Map(
        view_box=f"{left} {top} {width} {height}",
        font_size=_number(13 * unit),
        line_width=_number(1.2 * unit),
        shapes=shapes,
        signs=tuple(_sign(point, unit, clinic_url) for point in found.points),
        is_close=bool(voivodeship),
        here=(_number(x), _number(y)) if here else None,
    )


def one_place(point: tuple[float, float], *, is_marked: bool) -> Map:
    """Draw Poland with one clinic in it."""
    x, y = geography.project(*point)
    star = _star(x, y, 16) if is_marked else ""
    sign = MapSign(_number(x), _number(y), "9", _number(y), 1, "", "", star)
    shapes = tuple(
        MapShape(shape.code, shape.name, shape.path, 0, "", is_current=False) for shape in geography.shapes()
    )
    view_box = f"{-_EDGE} {-_EDGE} {geography.WIDTH + 2 * _EDGE} {geography.HEIGHT + 2 * _EDGE}"
    return Map(view_box, "13", "1.2", shapes, (sign,), is_close=False)


def _frame(voivodeship: str) -> tuple[int, int, int, int]:
    if not voivodeship:
        return -_EDGE, -_EDGE, geography.WIDTH + 2 * _EDGE, geography.HEIGHT + 2 * _EDGE
    left, top, width, height = geography.box(voivodeship)
    return left - _EDGE, top - _EDGE, width + 2 * _EDGE, height + 2 * _EDGE


def _sign(point: Point, unit: float, clinic_url: Callable[[UUID], str]) -> MapSign:
    x, y = position(point)
    radius = (6 if point.count == 1 else min(9 + len(str(point.count)) * 2.5, 20)) * unit
    reach = (10 if point.count == 1 else 7) * unit
    star = ""
    if point.marked:
        star = _star(x, y, reach) if point.count == 1 else _star(x + radius * 0.8, y - radius * 0.8, reach)
    return MapSign(
        x=_number(x),
        y=_number(y),
        radius=_number(radius),
        text_y=_number(y + 4.6 * unit),
        count=point.count,
        name=point.name,
        url=clinic_url(point.uuid) if point.uuid else "",
        star=star,
    )


def _star(x: float, y: float, reach: float) -> str:
    """Return the path of a five-pointed star around a point."""
    return f"M{_number(x)} {_number(y - reach)}{_star_from_top(reach)}"


@cache
def _star_from_top(reach: float) -> str:
    """Return the star's way from its topmost point, round and back; there are few sizes of it."""
    corners = []
    for step in range(2 * _SPIKES):
        far = reach if step % 2 == 0 else reach * 0.45
        angle = pi * step / _SPIKES - pi / 2
        corners.append((far * cos(angle), far * sin(angle)))
    steps = [f"{after[0] - one[0]:.2f} {after[1] - one[1]:.2f}" for one, after in pairwise(corners)]
    return f"l{' '.join(steps)}z"


def _number(value: float) -> str:
    """Write a coordinate shortly, with a dot in every language."""
    return f"{value:.1f}".removesuffix(".0")
