"""Business cards as their clinic sees them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from ols.db.errors import NotFound
from ols.kernel import closures, hours
from ols.kernel.actor import Actor
from ols.kernel.closures import Closure
from ols.registry import models
from ols.registry.selectors import register

_MOST_SPECIALITIES: Final = 40
# Fields of CardData that the table has under the same name, as they are.
PLAIN: Final = (
    "name", "street", "postal_code", "city", "voivodeship", "phone", "second_phone", "email", "website",
    "closed_on_holidays", "hours_note", "wheelchair", "access_note", "description", "is_shown",
)  # fmt: skip


@dataclass(frozen=True)
class CardData:
    """What a card says: plain values, the same from a page and from practice software.

    `phone` is E.164, `postal_code` 00-000, `voivodeship` a TERYT code; `latitude` and `longitude` only when
    the clinic gave the point itself; `wheelchair` is yes, partly, no or empty; `languages` are ISO 639-1,
    and pj for the Polish Sign Language.
    """

    name: str
    street: str
    postal_code: str
    city: str
    voivodeship: str
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    second_phone: str = ""
    email: str = ""
    website: str = ""
    week: hours.Week = hours.NEVER
    closed_on_holidays: bool = True
    hours_note: str = ""
    specialities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    wheelchair: str = ""
    access_note: str = ""
    description: str = ""
    is_shown: bool = True
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True)
class CardRow:
    """A card with what its clinic should know about it. Without a point it is not on the map."""

    uuid: UUID
    data: CardData
    revision: int
    edited_at: datetime | None
    edited_by: str
    latitude: float | None
    longitude: float | None
    is_exact: bool


@dataclass(frozen=True)
class VersionRow:
    """A card as it was saved once."""

    revision: int
    data: CardData
    at: datetime
    by: str


@dataclass(frozen=True)
class Address:
    """An address the register knows of the clinic."""

    name: str
    street: str
    postal_code: str
    city: str


def own_cards(actor: Actor) -> list[CardRow]:
    """Return the cards of the actor's clinic, the first address first."""
    return [_row(row) for row in _own(actor).order_by("id")]


def own_card(actor: Actor, *, uuid: UUID) -> CardRow:
    """Return one card.

    :raises ols.db.errors.NotFound: the clinic has no such card
    """
    row = _own(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return _row(row)


def own_card_versions(actor: Actor, *, uuid: UUID) -> list[VersionRow]:
    """Return what the card said, the newest first.

    :raises ols.db.errors.NotFound: the clinic has no such card
    """
    row = _own(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    kept = row.versions.order_by("-revision")
    return [VersionRow(item.revision, data_from(item.data), item.at, item.by) for item in kept]


def addresses_without_card(actor: Actor) -> list[Address]:
    """Return the addresses of the clinic that the register knows and no card has."""
    facility = models.Facility.objects.filter(organization_id=actor.organization()).order_by("id").first()
    if facility is None or facility.entry_id is None:
        return []
    taken = {(row.street.casefold(), row.city.casefold()) for row in _own(actor)}
    found = []
    for rows in (models.RegisterFacility.objects, models.RegisterUnit.objects):
        of_entry = rows.filter(entry_id=facility.entry_id).order_by("id")
        for values in of_entry.values_list("name", "street", "postal_code", "city"):
            address = Address(*values)
            key = (address.street.casefold(), address.city.casefold())
            if address.street and key not in taken:
                taken.add(key)
                found.append(address)
    return found


def specialities_of(register_book_no: str) -> tuple[str, ...]:
    """Return what the register says is done at an entity, for a card to begin with."""
    names = [cell.specialty_name for cell in register.cells(register_book_no=register_book_no)]
    return tuple(dict.fromkeys(name[:120] for name in names if name))[:_MOST_SPECIALITIES]


def lock_cards_of(actor: Actor) -> None:
    """Let two who add an address at once come one after the other."""
    list(_own(actor).select_for_update().order_by("id").values_list("id", flat=True))


def data_of(row: models.BusinessCard) -> CardData:
    """Translate the table's row."""
    return CardData(
        **{name: getattr(row, name) for name in PLAIN},
        latitude=row.latitude if row.is_exact else None,
        longitude=row.longitude if row.is_exact else None,
        week=hours.from_minutes(row.open_from, row.open_to),
        specialities=tuple(row.specialities),
        languages=tuple(row.languages),
        closures=closures.from_columns(row.closed_from, row.closed_to, row.closed_for),
    )


def as_json(data: CardData) -> dict[str, Any]:
    """Return the card as a version keeps it."""
    days = [
        {"first": row.first.isoformat(), "last": row.last.isoformat(), "reason": row.reason}
        for row in data.closures
    ]
    return {**asdict(data), "closures": days}


def data_from(kept: dict[str, Any]) -> CardData:
    """Return the card a version kept; what it did not know yet is as in a new card."""
    known = {name: value for name, value in kept.items() if name in CardData.__dataclass_fields__}
    for name in ("specialities", "languages"):
        known[name] = tuple(known.get(name, ()))
    week = known.pop("week", hours.NEVER)
    days = known.pop("closures", [])
    known["closures"] = closures.from_columns(
        *([row[name] for row in days] for name in ("first", "last", "reason"))
    )
    return CardData(week=tuple(tuple((a, b) for a, b in day) for day in week), **known)


def _own(actor: Actor) -> "QuerySet[models.BusinessCard]":
    return models.BusinessCard.objects.filter(organization_id=actor.organization())


def _row(row: models.BusinessCard) -> CardRow:
    return CardRow(
        uuid=row.uuid,
        data=data_of(row),
        revision=row.revision,
        edited_at=row.edited_at if row.edited_by else None,
        edited_by=row.edited_by,
        latitude=row.latitude,
        longitude=row.longitude,
        is_exact=row.is_exact,
    )
