"""Reading areas and services: public facts, the same for everybody."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import translation

from ols.catalog import models
from ols.catalog.icd9 import Icd9Code, Icd9Dictionary
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key


@dataclass(frozen=True)
class AreaRow:
    """One thematic area; `position` is its number in the product (1-7)."""

    id: int
    code: str
    position: int
    name_pl: str
    name_en: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_pl if translation.get_language() == "pl" else self.name_en


@dataclass(frozen=True)
class ServiceRow:
    """One billable service; with `insurer_id` it is that insurer's own, offered until before `retired_on`.

    `demo_price_gr` is a plausible price in grosze for demo worlds.
    """

    id: int
    code: str
    icd9: str
    name: str
    unit: str
    area_id: int
    demo_price_gr: int
    insurer_id: int | None = None
    retired_on: date | None = None

    def is_offered(self, day: date) -> bool:
        """Say whether the service is not retired on the day."""
        return self.retired_on is None or day < self.retired_on


def areas() -> list[AreaRow]:
    """Return the areas in the product's order."""
    return [_area(row) for row in models.ServiceArea.objects.order_by("position")]


def area(*, code: str) -> AreaRow:
    """Return one area by its code.

    :raises ols.db.errors.NotFound: there is no such area
    """
    row = models.ServiceArea.objects.filter(code=code).first()
    if row is None:
        raise NotFound
    return _area(row)


def services(*, area_id: int, insurer_id: int | None = None, on: date | None = None) -> list[ServiceRow]:
    """Return the area's services everybody uses, and the insurer's own ones, by code.

    With a day, only those that are not retired on it.
    """
    rows = models.Service.objects.filter(area_id=area_id)
    if on is not None:
        rows = rows.filter(Q(retired_on=None) | Q(retired_on__gt=on))
    own = rows.filter(insurer_id=insurer_id) if insurer_id is not None else rows.none()
    return [_service(row) for row in (rows.filter(insurer_id=None) | own).order_by("code", "id")]


def services_by_id(*, ids: Collection[int]) -> dict[int, ServiceRow]:
    """Return the services with these inner ids."""
    return {row.pk: _service(row) for row in models.Service.objects.filter(pk__in=ids)}


def own_services(actor: Actor, *, area_id: int) -> list[ServiceRow]:
    """Return the services of the actor's insurer in the area, retired ones included, by code."""
    rows = models.Service.objects.filter(area_id=area_id, insurer_id=actor.organization())
    return [_service(row) for row in rows.order_by("code")]


def own_service(actor: Actor, *, code: str) -> ServiceRow:
    """Return a service of the actor's insurer.

    :raises ols.db.errors.NotFound: the insurer has no own service with this code
    """
    row = models.Service.objects.filter(insurer_id=actor.organization(), code=code).first()
    if row is None:
        raise NotFound
    return _service(row)


def services_as_of(*, ids: Collection[int], at: datetime) -> dict[int, ServiceRow]:
    """Return the services as they were called at a moment."""
    found = services_by_id(ids=ids)
    earlier = models.ServiceBefore.objects.filter(service_id__in=list(ids), until__gt=at)
    for row in earlier.order_by("-until"):
        found[row.service_id] = replace(found[row.service_id], icd9=row.icd9, name=row.name, unit=row.unit)
    return found


def icd9_dictionary() -> Icd9Dictionary:
    """Return the ICD-9-PL codes that were loaded, in and out of force; empty when none were."""
    rows = models.Icd9Entry.objects.values_list("code", "name", "valid_from", "valid_to")
    return Icd9Dictionary({row[0]: Icd9Code(*row) for row in rows})


def icd9_loaded_at() -> datetime | None:
    """Return when the dictionary was loaded last; None: never."""
    last = models.Icd9Import.objects.order_by("-at", "-id").first()
    return last.at if last else None


def _area(row: models.ServiceArea) -> AreaRow:
    """Translate the table's row."""
    return AreaRow(row.pk, row.code, row.position, row.name_pl, row.name_en)


def _service(row: models.Service) -> ServiceRow:
    """Translate the table's row."""
    return ServiceRow(
        id=row.pk,
        code=row.code,
        icd9=row.icd9,
        name=row.name,
        unit=row.unit,
        area_id=row.area_id,
        insurer_id=row.insurer_id,
        retired_on=row.retired_on,
        demo_price_gr=row.demo_price_gr,
    )


def find_services(*, text: str, insurer_id: int, on: date) -> list[ServiceRow]:
    """Return the services whose code, ICD-9-PL code or name has every word of the text, accents or not.

    Those everybody uses and the insurer's own ones that are not retired on the day, by code.
    """
    words = search_key(text).split()
    if not words:
        return []
    rows = models.Service.objects.filter(
        Q(insurer_id=None) | Q(insurer_id=insurer_id), Q(retired_on=None) | Q(retired_on__gt=on)
    )
    for word in words:
        rows = rows.filter(search_key__contains=word)
    return [_service(row) for row in rows.order_by("code", "id")]


def areas_with_retired(*, insurer_id: int, on: date) -> dict[int, frozenset[int]]:
    """Return the areas in which the insurer retired a service by the day, with the services left in each."""
    retired = models.Service.objects.filter(insurer_id=insurer_id, retired_on__lte=on)
    areas = set(retired.values_list("area_id", flat=True))
    return {
        area_id: frozenset(row.id for row in services(area_id=area_id, insurer_id=insurer_id, on=on))
        for area_id in areas
    }
