"""Every address the register knows of an entity besides its seat: facilities, units, cells."""

from dataclasses import dataclass
from typing import Final

from ols.kernel.sortkey import search_key
from ols.registry import models

_TABLES: Final = (models.RegisterFacility, models.RegisterUnit, models.RegisterCell)


@dataclass(frozen=True)
class PlaceRow:
    """A place where an entity works; the name is the facility's, unit's or cell's."""

    name: str
    street: str
    postal_code: str
    city: str


def places(*, register_book_no: str) -> list[PlaceRow]:
    """Return the entity's places, each address once: facilities first, then units, then cells. Public."""
    found: dict[tuple[str, str], PlaceRow] = {}
    for table in _TABLES:
        rows = table.objects.filter(entry__register_book_no=register_book_no).exclude(street="")
        for values in rows.order_by("id").values_list("name", "street", "postal_code", "city"):
            place = PlaceRow(*values)
            found.setdefault((search_key(place.street), search_key(place.city)), place)
    return list(found.values())
