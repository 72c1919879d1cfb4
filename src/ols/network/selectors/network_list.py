"""An insurer's network as a list: found, narrowed, sorted, in pages, with totals."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, CharField, Count, Exists, Field, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors import cooperation
from ols.network.selectors.offer_queue import with_words
from ols.network.states import CONTRACT, ContractStatus, PriceListStatus

SORTED_BY: Final = ("name", "number", "from", "sent", "status")
# The whole network in a spreadsheet.
MAX_ROWS: Final = 100_000
_COLUMNS: Final = {
    "name": "provider__sort_key",
    "number": "number",
    "from": "starts_on",
    "sent": "offered_at",
    "status": "status",
}
_PLACE: Final = """(SELECT min(f.voivodeship) FROM registry_pub_facility f
    WHERE f.organization_id = network_contract.provider_id AND f.voivodeship <> '')"""
_IN_PLACE: Final = """EXISTS (SELECT 1 FROM registry_pub_facility f
    WHERE f.organization_id = network_contract.provider_id AND f.voivodeship = %s)"""


@dataclass(frozen=True)
class NetworkFilter:
    """What of the network is wanted; empty: everything. `area` is a code, `voivodeship` two digits."""

    text: str = ""
    status: str = ""
    area: str = ""
    voivodeship: str = ""
    highlighted: str = ""
    sort: str = ""


@dataclass(frozen=True)
class ClinicRow:
    """One contract of the network; areas are those with accepted prices today, in the product's order."""

    uuid: str
    number: str
    name: str
    nip: str
    city: str
    voivodeship: str
    status: str
    starts_on: date | None
    offered_at: datetime | None
    decided_at: datetime | None
    areas: tuple[catalog.AreaRow, ...]
    highlighted: tuple[catalog.AreaRow, ...]


@dataclass(frozen=True)
class NetworkTotals:
    """How many contracts the filters leave, and how many of them in each status."""

    total: int
    by_status: dict[str, int]


def normal(wanted: NetworkFilter) -> NetworkFilter:
    """Return what can be asked for: unknown words of an address filter nothing."""
    status = wanted.status if wanted.status in CONTRACT.statuses - {ContractStatus.DRAFT} else ""
    sort = wanted.sort if wanted.sort.removeprefix("-") in SORTED_BY else "name"
    area = wanted.area if wanted.area in {row.code for row in catalog.areas()} else ""
    return replace(wanted, status=status, sort=sort, area=area, highlighted="1" if wanted.highlighted else "")


def totals(actor: Actor, *, wanted: NetworkFilter, on: date) -> NetworkTotals:
    """Count what the filters leave."""
    rows = _found(actor, normal(wanted), on).order_by()
    counted = dict(rows.values_list("status").annotate(count=Count("pk")))
    return NetworkTotals(sum(counted.values()), counted)


def clinics(
    actor: Actor, *, wanted: NetworkFilter, on: date, offset: int = 0, size: int = 25
) -> list[ClinicRow]:
    """Return a page of the network, by name unless sorted."""
    wanted = normal(wanted)
    areas = {row.id: row for row in catalog.areas()}
    name, descends = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    sign = "-" if descends else ""
    order = (f"{sign}{_COLUMNS[name]}", f"{sign}pk")
    page = _found(actor, wanted, on).order_by(*order)[offset : offset + size]
    keys = list(page.values_list("pk", flat=True))
    marks = _marks(on).filter(contract=OuterRef("pk"))
    # The page first: what a row shows is not asked of the rows before it.
    rows = models.Contract.objects.filter(pk__in=keys).annotate(
        place=_of_registry(_PLACE, output_field=CharField()),
        area_ids=ArraySubquery(_accepted(on).values("area_id").distinct()),
        marked_ids=ArraySubquery(marks.values("area_id").distinct()),
    )
    return [_row(row, areas) for row in rows.select_related("provider").order_by(*order)]


def _found(actor: Actor, wanted: NetworkFilter, on: date) -> QuerySet[models.Contract]:
    actor.require(Permission.NETWORK_VIEW)
    if actor.organization_kind != "insurer":
        raise NotFound
    rows = cooperation.visible_contracts(actor).filter(insurer_id=actor.organization())
    rows = with_words(rows, wanted.text)
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.area:
        rows = rows.filter(Exists(_accepted(on).filter(area__code=wanted.area)))
    if wanted.voivodeship:
        condition = _of_registry(_IN_PLACE, wanted.voivodeship, output_field=BooleanField())
        rows = rows.annotate(is_there=condition).filter(is_there=True)
    if not wanted.highlighted:
        return rows
    marks = _marks(on).filter(insurer_id=actor.organization())
    marks = marks.filter(area__code=wanted.area) if wanted.area else marks
    return rows.filter(pk__in=marks.values("contract_id"))


def _accepted(on: date) -> QuerySet[models.PriceList]:
    """Return the accepted lists of a contract that have begun: its areas."""
    return models.PriceList.objects.filter(
        contract=OuterRef("pk"), status=PriceListStatus.ACCEPTED, valid_from__lte=on
    )


def _marks(on: date) -> QuerySet[models.Highlight]:
    """Return the badges of the day."""
    return models.Highlight.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on),
        contract__status=ContractStatus.ACTIVE,
        is_highlighted=True,
        valid_from__lte=on,
    )


def _of_registry(sql: str, *values: str, output_field: "Field[Any, Any]") -> RawSQL:
    """Ask the registry's published view; the text is one of the constants above."""
    return RawSQL(sql, values, output_field=output_field)  # noqa: S611 - values are bound, the text is constant


def _row(row: models.Contract, areas: dict[int, catalog.AreaRow]) -> ClinicRow:
    found, clinic = cast("Any", row), row.provider
    return ClinicRow(
        uuid=str(row.uuid),
        number=row.number,
        name=clinic.name,
        nip=clinic.nip,
        city=clinic.city,
        voivodeship=found.place or "",
        status=row.status,
        starts_on=row.starts_on,
        offered_at=row.offered_at,
        decided_at=row.decided_at,
        areas=tuple(area for key, area in areas.items() if key in found.area_ids),
        highlighted=tuple(area for key, area in areas.items() if key in found.marked_ids),
    )
