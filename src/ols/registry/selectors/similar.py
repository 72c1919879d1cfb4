"""Entities and joined facilities that may be the same as an applicant: same numbers, similar names."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from ols.kernel.sortkey import search_key
from ols.registry import likeness, models

# Names at one address are the same clinic when they are this alike; in one town they must be more so.
ALIKE_AT_ADDRESS: Final = 0.4
ALIKE_IN_TOWN: Final = 0.75
_CANDIDATES = 50


@dataclass(frozen=True)
class Likely:
    """Who somebody says to be: what is compared."""

    name: str
    legal_form: str
    street: str
    postal_code: str
    city: str
    nip: str = ""
    regon: str = ""
    krs: str = ""


@dataclass(frozen=True)
class SimilarEntry:
    """An entity of the register and why it may be the same: numbers, `name`, `address`."""

    register_book_no: str
    name: str
    city: str
    is_gone: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SimilarFacility:
    """A facility that joined, of which organization, and why it may be the same."""

    organization_id: int
    organization_uuid: UUID
    name: str
    city: str
    reasons: tuple[str, ...]


def reasons_of_likeness(one: Likely, other: Likely, *, alike: float) -> tuple[str, ...]:
    """Say why two may be the same: `name` and `address`, or `name` alone in one town; empty when not.

    `alike` (0 to 1) is how similar their names are.
    """
    is_same_place = one.postal_code == other.postal_code and likeness.same_street(
        one.street, other.street, city=one.city
    )
    is_same_name = likeness.same_name(one.name, other.name, legal_form=one.legal_form)
    if is_same_place and (is_same_name or alike >= ALIKE_AT_ADDRESS):
        return ("name", "address")
    is_same_town = search_key(one.city) == search_key(other.city)
    return ("name",) if is_same_town and (is_same_name or alike >= ALIKE_IN_TOWN) else ()


def similar_entries(one: Likely) -> list[SimilarEntry]:
    """Return entities of the register that may be the one described, the most alike first."""
    numbers = {name: getattr(one, name) for name in ("nip", "regon", "krs") if getattr(one, name)}
    same = Q()
    for name, value in numbers.items():
        same |= Q(**{name: value[:9] if name == "regon" else value})
    rows = models.RegisterEntry.objects.annotate(alike=TrigramSimilarity("name", one.name))
    # Names are compared only around the place: all of the country's would take seconds.
    near = rows.filter(Q(postal_code=one.postal_code) | Q(city=one.city), alike__gte=ALIKE_AT_ADDRESS)
    by_name = near.order_by("-alike", "pk")[:_CANDIDATES]
    by_number = rows.filter(same).order_by("pk")[:_CANDIDATES] if numbers else []
    found = {row.pk: row for row in (*by_number, *by_name)}
    shown = [
        SimilarEntry(
            row.register_book_no,
            row.name,
            row.city,
            row.vanished_on is not None or row.struck_off_on is not None,
            (
                *(name for name, value in numbers.items() if _same_number(name, value, getattr(row, name))),
                *reasons_of_likeness(one, _described(row), alike=vars(row)["alike"]),
            ),
        )
        for row in found.values()
    ]
    return [item for item in shown if item.reasons]


def similar_facilities(one: Likely) -> list[SimilarFacility]:
    """Return joined facilities that may be the one described, the most alike first."""
    rows = (
        models.Facility.objects.filter(Q(postal_code=one.postal_code) | Q(city__iexact=one.city))
        .annotate(alike=TrigramSimilarity("name", one.name))
        .filter(alike__gte=ALIKE_AT_ADDRESS)
        .select_related("organization")
        .order_by("-alike", "pk")[:_CANDIDATES]
    )
    shown = [
        SimilarFacility(
            row.organization_id,
            row.organization.uuid,
            row.name,
            row.city,
            reasons_of_likeness(one, _described(row), alike=vars(row)["alike"]),
        )
        for row in rows
    ]
    return [item for item in shown if item.reasons]


def _described(row: models.RegisterEntry | models.Facility) -> Likely:
    return Likely(row.name, "", row.street, row.postal_code, row.city)


def _same_number(name: str, one: str, other: str) -> bool:
    return bool(other) and (likeness.same_regon(one, other) if name == "regon" else one == other)
