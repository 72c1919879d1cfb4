"""Reading price lists: the grid a provider fills in, and what an insurer decides on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.area_days import AreaDays
from ols.network.selectors import cooperation
from ols.network.states import PriceListStatus
from ols.plans import selectors as plans

# The limits are those of a list's first day.
_COUNTS: Final = """
SELECT l.id, count(*), count(*) FILTER (WHERE i.price_gr > m.limit_gr)
FROM network_price_list l
JOIN network_contract c ON c.id = l.contract_id
JOIN network_price_list_item i ON i.price_list_id = l.id
LEFT JOIN plans_pub_price_limit m ON m.insurer_id = c.insurer_id AND m.service_id = i.service_id
    AND m.valid_from <= coalesce(l.valid_from, c.starts_on)
    AND (m.valid_to IS NULL OR m.valid_to > coalesce(l.valid_from, c.starts_on))
WHERE l.id = ANY (%s)
GROUP BY l.id
"""


@dataclass(frozen=True)
class PriceRow:
    """One service: price entered or offered, price contracted, the insurer's limit (grosze; None: none)."""

    service_id: int
    code: str
    name: str
    unit: str
    price_gr: int | None
    contracted_gr: int | None
    limit_gr: int | None

    @property
    def over_gr(self) -> int | None:
        """How far the price is over (+) or under (-) the limit; None without one of them."""
        if self.price_gr is None or self.limit_gr is None:
            return None
        return self.price_gr - self.limit_gr


@dataclass(frozen=True)
class PriceGrid:
    """A price list being worked on, or what a next one begins with; `earliest` is its first possible day.

    `closed` are the area's days while the insurer takes no new price lists in it.
    """

    contract: cooperation.ContractRow
    area: catalog.AreaRow
    uuid: str
    version: int
    status: str
    valid_from: date | None
    earliest: date
    remark: str
    rows: tuple[PriceRow, ...]
    closed: AreaDays | None = None


@dataclass(frozen=True)
class PriceListRow:
    """One price list in a list; `services` counts its prices, `over` those above their limit."""

    uuid: str
    contract: cooperation.ContractRow
    area: catalog.AreaRow
    version: int
    status: str
    valid_from: date | None
    sent_at: datetime | None
    decided_at: datetime | None
    services: int
    over: int


def price_grid(actor: Actor, *, contract_uuid: str, area_code: str, on: date) -> PriceGrid:
    """Return the provider's grid of an area: every service with limit, price in force and price entered.

    :raises ols.db.errors.NotFound: no such contract of this provider, or no such area
    """
    area = catalog.area(code=area_code)
    contract = _own_contract(actor, contract_uuid)
    working = _working(contract, area.id)
    uuid, status, version, valid_from, remark = (
        (str(working.uuid), working.status, working.version, working.valid_from, working.remark)
        if working
        else ("", PriceListStatus.DRAFT, next_version(contract.id, area.id), None, "")
    )
    contracted = contracted_prices(contract.id, area.id)
    entered = _entered(working) if working else contracted
    return PriceGrid(
        contract=contract,
        area=area,
        uuid=uuid,
        version=version,
        status=status,
        valid_from=valid_from,
        earliest=earliest_start(contract, area.id, on=on),
        remark=remark,
        rows=_grid_rows(contract, area.id, entered, contracted, on=valid_from or on),
        closed=closed_area(contract, area.id, on=on),
    )


def closed_area(contract: cooperation.ContractRow, area_id: int, *, on: date) -> AreaDays | None:
    """Return the days of an area that takes no new price lists; None: it takes them."""
    row = models.AreaOpening.objects.filter(insurer_id=contract.insurer_id, area_id=area_id).first()
    return row.days if row is not None and row.days.is_closed(on) else None


def price_list(actor: Actor, *, uuid: str) -> PriceGrid:
    """Return a sent or decided price list with the limits of its first day, only the services it prices.

    :raises ols.db.errors.NotFound: no such list for this organization
    """
    row = _visible(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    detail = cooperation.contract(actor, uuid=str(row.contract.uuid)).row
    start = row.valid_from or detail.starts_on or date.min
    contracted = contracted_prices(detail.id, row.area_id)
    as_of = row.decided_at or row.sent_at
    rows = _grid_rows(detail, row.area_id, _entered(row), contracted, on=start, as_of=as_of)
    return PriceGrid(
        contract=detail,
        area=_area(row.area_id),
        uuid=str(row.uuid),
        version=row.version,
        status=row.status,
        valid_from=row.valid_from,
        earliest=start,
        remark=row.remark,
        rows=tuple(item for item in rows if item.price_gr is not None),
    )


def price_lists_waiting(actor: Actor) -> list[PriceListRow]:
    """Return the lists the insurer has to answer, the longest waiting first."""
    rows = _visible(actor).filter(contract__insurer_id=actor.organization_id, status=PriceListStatus.SENT)
    return _summaries(rows.order_by("sent_at", "id"))


def price_lists(actor: Actor, *, contract_uuid: str) -> list[PriceListRow]:
    """Return the lists of a contract that the actor may see, newest first."""
    rows = _visible(actor).filter(contract__uuid=contract_uuid)
    return _summaries(rows.order_by("-id"))


def contracted_prices(contract_id: int, area_id: int) -> dict[int, int]:
    """Return the newest contracted price in grosze by service id (in force, or to come)."""
    rows = models.ContractedPrice.objects.filter(contract_id=contract_id, area_id=area_id, valid_to=None)
    return dict(rows.values_list("service_id", "price_gr"))


def earliest_start(contract: cooperation.ContractRow, area_id: int, *, on: date) -> date:
    """Return the first possible day of a new version: not the past, not over an accepted version's start."""
    starts = models.PriceList.objects.filter(
        contract_id=contract.id, area_id=area_id, status=PriceListStatus.ACCEPTED
    ).values_list("valid_from", flat=True)
    after = [day + timedelta(days=1) for day in starts if day]
    return max([on, contract.starts_on or on, *after])


def next_version(contract_id: int, area_id: int) -> int:
    """Return the number of the next version."""
    rows = models.PriceList.objects.filter(contract_id=contract_id, area_id=area_id)
    last: int | None = rows.order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def _visible(actor: Actor) -> "QuerySet[models.PriceList]":
    """Return the lists the actor may see; while one is worked on it is the provider's alone."""
    rows = models.PriceList.objects.select_related("contract").filter(
        contract__in=cooperation.visible_contracts(actor)
    )
    if actor.organization_kind == "provider":
        return rows
    seen = [PriceListStatus.SENT, PriceListStatus.COUNTERED, PriceListStatus.ACCEPTED]
    return rows.filter(status__in=seen)


def _own_contract(actor: Actor, uuid: str) -> cooperation.ContractRow:
    """Return a contract of the provider that acts."""
    row = cooperation.contract(actor, uuid=uuid).row
    if row.provider_id != actor.organization_id:
        raise NotFound
    return row


def _working(contract: cooperation.ContractRow, area_id: int) -> models.PriceList | None:
    """Return the version being worked on; the database allows one."""
    rows = models.PriceList.objects.filter(contract_id=contract.id, area_id=area_id)
    return rows.exclude(status=PriceListStatus.ACCEPTED).first()


def _entered(row: models.PriceList) -> dict[int, int]:
    """Return the list's prices by service id."""
    return dict(row.items.values_list("service_id", "price_gr"))


def _grid_rows(
    contract: cooperation.ContractRow,
    area_id: int,
    entered: dict[int, int],
    contracted: dict[int, int],
    *,
    on: date,
    as_of: datetime | None = None,
) -> tuple[PriceRow, ...]:
    """Join services, prices and limits; with a moment, the services are called as they were then."""
    limits = plans.price_limits(insurer_id=contract.insurer_id, area_id=area_id, on=on)
    if as_of is None:
        services = catalog.services(area_id=area_id, insurer_id=contract.insurer_id, on=on)
    else:
        called = catalog.services_as_of(ids=entered, at=as_of).values()
        services = sorted(called, key=lambda row: row.code)
    return tuple(
        PriceRow(
            service_id=service.id,
            code=service.code,
            name=service.name,
            unit=service.unit,
            price_gr=entered.get(service.id),
            contracted_gr=contracted.get(service.id),
            limit_gr=limits.get(service.id),
        )
        for service in services
    )


def _summaries(rows: "QuerySet[models.PriceList]") -> list[PriceListRow]:
    """Count each list's prices and those over their limit, all at once."""
    found = list(rows.select_related("contract__insurer", "contract__provider"))
    areas = {area.id: area for area in catalog.areas()}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [[row.pk for row in found]])
        counts = {key: (services, over) for key, services, over in cursor.fetchall()}
    return [
        PriceListRow(
            str(row.uuid),
            cooperation.contract_row(row.contract),
            areas[row.area_id],
            row.version,
            row.status,
            row.valid_from,
            row.sent_at,
            row.decided_at,
            *counts.get(row.pk, (0, 0)),
        )
        for row in found
    ]


def _area(area_id: int) -> catalog.AreaRow:
    """Return the area with the id."""
    return next(area for area in catalog.areas() if area.id == area_id)
