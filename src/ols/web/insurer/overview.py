"""What the insurer's home page shows of the network: clinics against need, limits against prices."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from ols.catalog.selectors import AreaRow
from ols.kernel import money
from ols.kernel.actor import Actor
from ols.network.selectors import dashboard
from ols.network.selectors.dashboard import AreaFigures, NeedCell
from ols.registry import geography
from ols.web.components.shapes import Tag


@dataclass(frozen=True, slots=True)
class Cell:
    """Clinics of an area in a voivodeship; `url` leads to them, `tag` says in words what is missing."""

    area: AreaRow
    words: str
    url: str
    tag: Tag | None


@dataclass(frozen=True, slots=True)
class LimitLine:
    """Limits against prices of an area, in words."""

    figures: AreaFigures
    url: str
    share: str
    median: str


def needs(actor: Actor, *, on: date) -> dict[str, object]:
    """Return the table of clinics against need, and how many clinics are missing on all."""
    places = geography.voivodeships()
    rows = dashboard.coverage(actor, voivodeships=tuple(places), on=on)
    return {
        "need_rows": [
            (places[row.voivodeship], [_cell(row.voivodeship, cell) for cell in row.cells]) for row in rows
        ],
        "need_areas": [cell.area for cell in rows[0].cells],
        "missing": sum(cell.short for row in rows for cell in row.cells),
        "has_needs": any(cell.wanted is not None for row in rows for cell in row.cells),
    }


def limits(actor: Actor, *, on: date, at: datetime) -> dict[str, object]:
    """Return the areas with their limits against prices; `counted_at` when that was some minutes ago."""
    rows, counted_at = dashboard.recent_limits(actor, on=on, at=at)
    lines = [
        LimitLine(
            row,
            _network(area=row.area.code),
            money.format_percent(row.over_bp) if row.over_bp is not None else "–",
            money.format_percent(row.median_bp) if row.median_bp is not None else "–",
        )
        for row in rows
    ]
    return {"limits": lines, "counted_at": counted_at if counted_at < at else None}


def _cell(place: str, cell: NeedCell) -> Cell:
    if cell.wanted is None:
        return Cell(cell.area, str(cell.there), _link(place, cell), None)
    words = _("%(there)s of %(wanted)s") % {"there": cell.there, "wanted": cell.wanted}
    tag = (
        Tag(_("%(count)s missing") % {"count": cell.short}, "warn", "")
        if cell.short
        else Tag(_("enough"), "plain", "check")
    )
    return Cell(cell.area, words, _link(place, cell), tag)


def _link(place: str, cell: NeedCell) -> str:
    return _network(area=cell.area.code, voivodeship=place) if cell.there else ""


def _network(**wanted: str) -> str:
    query = urlencode({"status": "active", **wanted})
    return f"{reverse('insurer:contract-list')}?{query}"
