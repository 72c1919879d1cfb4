"""Who may be the same clinic as an applicant: other applications, providers with access, the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from ols.accounts import selectors as accounts
from ols.onboarding import models
from ols.registry import selectors as registry

# What two applications may have in common besides a similar name and address.
_SAME: Final = ("nip", "regon", "krs", "register_book_no", "email", "phone")
_CANDIDATES = 50
_SHOWN = 20


@dataclass(frozen=True)
class Duplicate:
    """Somebody who may be the same, and why (`same`: numbers, contacts, `name`, `address`).

    `status` is an application's, or `joined` (a provider; `uuid` its organization), or `entry`, `gone`
    (an entity of the register; `number` its book).
    """

    name: str
    city: str
    number: str
    status: str
    uuid: UUID | None
    same: tuple[str, ...]


def duplicates(row: models.AccessApplication) -> tuple[Duplicate, ...]:
    """Return who may be the same, those with the same numbers first."""
    one = registry.Likely(
        row.name, row.legal_form, row.street, row.postal_code, row.city, row.nip, row.regon, row.krs
    )
    found = [*_applications(row, one), *_providers(row, one)]
    if row.entry_id is None:
        found += [
            Duplicate(
                item.name,
                item.city,
                item.register_book_no,
                "gone" if item.is_gone else "entry",
                None,
                item.reasons,
            )
            for item in registry.similar_entries(one)
        ]
    return tuple(sorted(found, key=lambda item: item.same[0] in {"name", "address"})[:_SHOWN])


def _applications(row: models.AccessApplication, one: registry.Likely) -> Iterator[Duplicate]:
    keys = {name: getattr(row, name) for name in _SAME if getattr(row, name)}
    same = Q()
    for name, value in keys.items():
        same |= Q(**{name: value})
    others = models.AccessApplication.objects.exclude(pk=row.pk).annotate(
        alike=TrigramSimilarity("name", row.name)
    )
    by_number = others.filter(same).order_by("-pk")[:_CANDIDATES]
    near = others.filter(Q(postal_code=row.postal_code) | Q(city__iexact=row.city))
    by_name = near.filter(alike__gte=registry.ALIKE_AT_ADDRESS).order_by("-alike", "-pk")
    for other in {item.pk: item for item in (*by_number, *by_name[:_CANDIDATES])}.values():
        described = registry.Likely(other.name, "", other.street, other.postal_code, other.city)
        reasons = (
            *(name for name, value in keys.items() if getattr(other, name) == value),
            *registry.reasons_of_likeness(one, described, alike=vars(other)["alike"]),
        )
        if reasons:
            yield Duplicate(other.name, other.city, other.number, other.status, other.uuid, reasons)


def _providers(row: models.AccessApplication, one: registry.Likely) -> Iterator[Duplicate]:
    joined = accounts.provider_by_nip(nip=row.nip)
    with_nip = joined.id if joined is not None else None
    if joined is not None and joined.id != row.organization_id:
        yield Duplicate(joined.name, "", "", "joined", UUID(str(joined.uuid)), ("nip",))
    for item in registry.similar_facilities(one):
        if item.organization_id not in {row.organization_id, with_nip}:
            yield Duplicate(item.name, item.city, "", "joined", item.organization_uuid, item.reasons)
