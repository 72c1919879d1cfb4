"""A clinic's public page as plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ols.catalog.selectors import AreaRow
from ols.network.selectors.public_clinic import OfferedService, PublicClinic
from ols.network.selectors.public_network import NetworkRow
from ols.registry import geography
from ols.web.components import clinic_card
from ols.web.public import network_drawing, network_map


@dataclass(frozen=True, slots=True)
class AreaServices:
    """An area with the services the clinic does in it."""

    name: str
    is_marked: bool
    services: tuple[OfferedService, ...]


def context(
    clinic: PublicClinic, network: NetworkRow, areas: list[AreaRow], *, at: datetime
) -> dict[str, Any]:
    """Return what the page shows."""
    drawing = ""
    if clinic.latitude is not None and clinic.longitude is not None:
        point = (clinic.latitude, clinic.longitude)
        place = network_map.one_place(point, is_marked=bool(clinic.marked_area_ids))
        drawing = network_drawing.svg(place, label="map-title")
    return {
        "clinic": clinic,
        "network": network,
        "areas": [
            AreaServices(
                area.name,
                area.id in clinic.marked_area_ids,
                tuple(row for row in clinic.services if row.area_id == area.id),
            )
            for area in areas
            if area.id in clinic.area_ids
        ],
        "voivodeship_name": geography.voivodeships().get(clinic.voivodeship, ""),
        "card": clinic_card.card(_said(clinic), at=at),
        "drawing": drawing,
        "latitude": str(clinic.latitude),
        "longitude": str(clinic.longitude),
    }


def _said(clinic: PublicClinic) -> clinic_card.Said:
    return clinic_card.Said(
        phones=(clinic.phone, clinic.second_phone),
        email=clinic.email,
        website=clinic.website,
        week=clinic.week,
        closed_on_holidays=clinic.closed_on_holidays,
        closures=clinic.closures,
        hours_note=clinic.hours_note,
        specialities=clinic.specialities,
        languages=clinic.languages,
        wheelchair=clinic.wheelchair,
        access_note=clinic.access_note,
        description=clinic.description,
    )
