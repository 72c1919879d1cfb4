"""From what a visitor typed to what the pages of a network show, as plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from ols.catalog import selectors as catalog
from ols.kernel import days, hours, identifiers
from ols.kernel.sortkey import search_key
from ols.network.selectors.public_network import NetworkRow
from ols.network.selectors.public_places import Found, PlaceRow
from ols.network.selectors.public_statement import Wanted
from ols.registry import geography
from ols.web.components import card_words
from ols.web.components.shapes import Tag, Text
from ols.web.public import network_drawing, network_map
from ols.web.public.forms.network import NOW, NetworkSearch

_MOST_NAMED = 4
_TOLD_AHEAD = timedelta(days=14)
# Without which of these there would be more to find.
_NARROWING = ("km", "voivodeship", "open", "q")


@dataclass(frozen=True, slots=True)
class AreaWords:
    """An area of services a clinic works in, and whether it is highlighted there."""

    name: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One clinic of the list."""

    row: PlaceRow
    url: str
    areas: tuple[AreaWords, ...]
    opening: Tag | None
    closed: tuple[card_words.ClosedDays, ...]
    distance: str
    phone: str
    wheelchair: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """A place to choose from."""

    label: str
    url: str


def wanted(form: NetworkSearch, *, insurer_id: int, at: datetime) -> tuple[Wanted, list[catalog.ServiceRow]]:
    """Return what is looked for, and the services the text means."""
    given = form.cleaned_data
    text = given.get("q", "")
    today, when = days.local_date(at), given.get("open", "")
    services = catalog.find_services(text=text, insurer_id=insurer_id, on=today)
    area = form.areas.get(given.get("area", ""))
    place = form.meant.place
    km = given.get("km", "")
    found = Wanted(
        day=today,
        service_ids=tuple(row.id for row in services),
        words=tuple(search_key(text).split()),
        area_id=area.id if area else None,
        voivodeship=given.get("voivodeship", ""),
        point=(place.latitude, place.longitude) if place else None,
        km=int(km) if km else None,
        minute=hours.minute_of_week(at) if when == NOW else None,
        weekday=int(when) if when.isdigit() else None,
        open_on=_date_of(when, today),
        is_holiday=when == NOW and days.is_holiday(today),
        only_marked=bool(given.get("marked")),
    )
    return found, services


def _date_of(when: str, today: date) -> date | None:
    """Return the date that is meant: today, or the next day of that name, which may be today."""
    if when.isdigit():
        return today + timedelta(days=(int(when) - today.weekday()) % 7)
    return today if when == NOW else None


def _soon(at: datetime) -> date:
    """Return up to which day the list tells of closed days; a clinic's own page tells of all."""
    return days.local_date(at) + _TOLD_AHEAD


class Addresses:
    """Where the links of one network's pages lead: to the site, or within another page's frame."""

    def __init__(self, network: NetworkRow, query: QueryDict, *, embedded: bool = False) -> None:
        """Keep what the visitor asked for."""
        self.slug, self.query, self.embedded = network.slug, query, embedded
        self.here = reverse("public:network-embed" if embedded else "public:network-show", args=[self.slug])

    def clinic(self, uuid: UUID) -> str:
        """Return the address of a clinic's page."""
        return reverse("public:network-clinic", args=[self.slug, uuid])

    def search(self, **changes: str) -> str:
        """Return the address of the same search with something changed; the first page of it."""
        kept = {name: value for name, value in self.query.items() if value and name != "page"}
        asked = {name: value for name, value in {**kept, **changes}.items() if value}
        return f"{self.here}?{urlencode(asked)}" if asked else self.here

    def voivodeship(self, code: str) -> str:
        """Return the address of the search in a voivodeship."""
        return self.search(voivodeship=code)


def places(
    found: Found, areas: Collection[catalog.AreaRow], addresses: Addresses, *, at: datetime
) -> list[PlaceView]:
    """Translate the rows of the list; their areas come in the product's order."""
    names = {area.id: area.name for area in areas}
    return [
        PlaceView(
            row=row,
            url=addresses.clinic(row.uuid),
            areas=tuple(
                AreaWords(name, area_id in row.marked_area_ids)
                for area_id, name in names.items()
                if area_id in row.area_ids
            ),
            opening=card_words.opening(
                row.week, at, closed_on_holidays=row.closed_on_holidays, closed=row.closures
            ),
            closed=card_words.closed_days(row.closures, today=days.local_date(at), until=_soon(at)),
            distance=card_words.distance(row.km),
            phone=identifiers.format_phone(row.phone) if row.phone else "",
            wheelchair=card_words.WHEELCHAIR.get(row.wheelchair, ""),
        )
        for row in found.rows
    ]


def context(
    form: NetworkSearch,
    network: NetworkRow,
    found: Found,
    services: list[catalog.ServiceRow],
    addresses: Addresses,
    at: datetime,
) -> dict[str, Any]:
    """Return what the list shows, whole or within a frame."""
    given = form.cleaned_data
    place = form.meant.place
    voivodeship = given.get("voivodeship", "")
    drawn = network_map.draw(
        found,
        voivodeship=voivodeship,
        shape_url=addresses.voivodeship,
        clinic_url=addresses.clinic,
        here=(place.latitude, place.longitude) if place else None,
    )
    less = {name: addresses.search(**{name: ""}) if given.get(name) else "" for name in _NARROWING}
    return {
        "form": form,
        "network": network,
        "found": found,
        "places": places(found, form.areas.values(), addresses, at=at),
        "map": drawn,
        "drawing": network_drawing.svg(drawn, label="map-title", embedded=addresses.embedded),
        "place": place,
        "voivodeship_name": geography.voivodeships().get(voivodeship, ""),
        "choices": [Choice(row.label, addresses.search(place=row.label)) for row in form.meant.choices],
        "similar": [Choice(row.label, addresses.search(place=row.label)) for row in form.meant.similar],
        "service_names": [row.name for row in services[:_MOST_NAMED]],
        "more_services": max(len(services) - _MOST_NAMED, 0),
        "is_narrowed": any(value for value in given.values()),
        "here": addresses.here,
        "canonical": settings.PUBLIC_URL + addresses.here,
        "embedded": addresses.embedded,
        **{f"without_{name}": url for name, url in less.items()},
    }
