"""One clinic's public page in one insurer's network, and what its own people see of that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ols.db.errors import NotFound
from ols.kernel import closures, hours
from ols.kernel.actor import Actor
from ols.kernel.closures import Closure
from ols.network import models
from ols.network.selectors import highlighted, public_statement
from ols.network.selectors.public_statement import Network
from ols.network.states import ContractStatus

_CLINIC: Final = (
    "SELECT c.*, k.id AS contract_id, k.provider_id, {areas} AS area_ids {members} AND c.uuid = %(card)s"
)
_OTHERS: Final = (
    "SELECT c.uuid, c.name, c.street, c.postal_code, c.city {members}"
    " AND k.provider_id = %(provider)s AND c.uuid <> %(card)s ORDER BY c.sort_key, c.card_id LIMIT 50"
)
_CARDS: Final = "SELECT c.uuid {members} ORDER BY c.card_id LIMIT %(most)s"
# So many addresses a file for search engines may have.
_MOST_CARDS: Final = 49_999
# A price leaves only here, and only beside a consent that was not taken back.
_PRICES: Final = """
SELECT s.area_id, s.code, s.name, s.unit, p.price_gr
FROM network_pub_price p
JOIN network_price_consent w ON w.contract_id = p.contract_id AND w.withdrawn_at IS NULL
JOIN catalog_pub_service s ON s.service_id = p.service_id
WHERE p.contract_id = %(contract)s AND p.valid_from <= %(day)s
    AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
ORDER BY s.code
"""
_SERVICES: Final = """
SELECT s.area_id, s.code, s.name, s.unit
FROM network_pub_price p JOIN catalog_pub_service s ON s.service_id = p.service_id
WHERE p.contract_id = %(contract)s AND p.valid_from <= %(day)s
    AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
ORDER BY s.code
"""


@dataclass(frozen=True)
class OfferedService:
    """A service the clinic does for the insured; `price_gr` (grosze) only where the clinic shows it."""

    area_id: int
    code: str
    name: str
    unit: str
    price_gr: int | None


@dataclass(frozen=True)
class OtherAddress:
    """Another address of the same clinic."""

    uuid: UUID
    name: str
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True)
class PublicClinic:
    """Everything the public page shows of one address."""

    uuid: UUID
    name: str
    street: str
    postal_code: str
    city: str
    voivodeship: str
    latitude: float | None
    longitude: float | None
    is_exact: bool
    phone: str
    second_phone: str
    email: str
    website: str
    week: hours.Week
    closed_on_holidays: bool
    closures: tuple[Closure, ...]
    hours_note: str
    specialities: tuple[str, ...]
    languages: tuple[str, ...]
    wheelchair: str
    access_note: str
    description: str
    area_ids: frozenset[int]
    marked_area_ids: frozenset[int]
    services: tuple[OfferedService, ...]
    shows_prices: bool
    others: tuple[OtherAddress, ...]


@dataclass(frozen=True)
class ConsentRow:
    """A co-operation of the clinic, and whether its prices are shown: since when, by whose word."""

    contract_uuid: UUID
    insurer_id: int
    insurer_name: str
    status: str
    starts_on: date | None
    given_at: datetime | None
    given_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str

    @property
    def is_given(self) -> bool:
        """Whether everybody may see the prices now."""
        return self.given_at is not None and self.withdrawn_at is None


def public_clinic(*, insurer_id: int, uuid: UUID, day: date) -> PublicClinic:
    """Return one address of a clinic of the network. Public.

    :raises ols.db.errors.NotFound: there is none, it is hidden, or the co-operation is not in force
    """
    network = public_statement.network(insurer_id, day)
    row = _card(network, uuid)
    if row is None:
        raise NotFound
    provider = row["provider_id"]
    values = network.values | {"contract": row["contract_id"], "provider": provider, "card": uuid}
    areas = frozenset(row["area_ids"])
    shows_prices = models.PriceConsent.objects.filter(
        contract_id=row["contract_id"], withdrawn_at=None
    ).exists()
    return PublicClinic(
        **{name: row[name] for name in _SAME},
        week=hours.from_minutes(row["open_from"], row["open_to"]),
        closures=closures.from_columns(row["closed_from"], row["closed_to"], row["closed_for"]),
        specialities=tuple(row["specialities"]),
        languages=tuple(row["languages"]),
        area_ids=areas,
        marked_area_ids=highlighted.marked_areas(insurer_id, {provider}, day).get(provider, frozenset())
        & areas,
        services=tuple(row for row in _services(values, shows_prices=shows_prices) if row.area_id in areas),
        shows_prices=shows_prices,
        others=tuple(OtherAddress(**other) for other in _rows(network.statement(_OTHERS), values)),
    )


_SAME: Final = (
    "uuid", "name", "street", "postal_code", "city", "voivodeship", "latitude", "longitude", "is_exact",
    "phone", "second_phone", "email", "website", "closed_on_holidays", "hours_note", "wheelchair",
    "access_note", "description",
)  # fmt: skip


def card_uuids(*, insurer_id: int, day: date) -> list[UUID]:
    """Return the marks of all addresses of the network's clinics. Public."""
    network = public_statement.network(insurer_id, day)
    rows = _rows(network.statement(_CARDS), network.values | {"most": _MOST_CARDS})
    return [row["uuid"] for row in rows]


def own_public_pages(actor: Actor, *, uuid: UUID, day: date) -> list[int]:
    """Return the ids of the insurers whose public page shows the clinic's card on the day."""
    insurers = models.Contract.objects.filter(
        provider_id=actor.organization(), status=ContractStatus.ACTIVE
    ).values_list("insurer_id", flat=True)
    return [insurer for insurer in insurers if _card(public_statement.network(insurer, day), uuid)]


def own_consents(actor: Actor) -> list[ConsentRow]:
    """Return the clinic's co-operations in force or suspended, each with the word on its prices."""
    rows = models.Contract.objects.filter(
        provider_id=actor.organization(), status__in=[ContractStatus.ACTIVE, ContractStatus.SUSPENDED]
    ).select_related("insurer")
    return [_consent(row) for row in rows.order_by("insurer__sort_key", "id")]


def _consent(row: models.Contract) -> ConsentRow:
    last = row.price_consents.order_by("-id").first()
    return ConsentRow(
        contract_uuid=row.uuid,
        insurer_id=row.insurer_id,
        insurer_name=row.insurer.name,
        status=row.status,
        starts_on=row.starts_on,
        given_at=last.given_at if last else None,
        given_by=last.given_by if last else "",
        withdrawn_at=last.withdrawn_at if last else None,
        withdrawn_by=last.withdrawn_by if last else "",
    )


def _card(network: Network, uuid: UUID) -> dict[str, Any] | None:
    found = _rows(network.statement(_CLINIC), network.values | {"card": uuid})
    return found[0] if found else None


def _services(values: dict[str, Any], *, shows_prices: bool) -> tuple[OfferedService, ...]:
    if not shows_prices:
        return tuple(OfferedService(**row, price_gr=None) for row in _rows(_SERVICES, values))
    return tuple(OfferedService(**row) for row in _rows(_PRICES, values))


def _rows(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: value for name, value in values.items() if f"({name})" in statement})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
