"""Prices of own services that their insurer retires: which clinics hold one, and what they were told."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network.states import ContractStatus

# So long after its day a retirement is still news: a worker may have stood still.
_NEWS: Final = timedelta(days=14)
_NEW: Final = """
WITH held AS (
    SELECT p.contract_id, p.service_id, true AS is_agreed
    FROM network_contracted_price p JOIN catalog_pub_service s USING (service_id)
    WHERE s.retired_on IS NOT NULL AND (p.valid_to IS NULL OR p.valid_to > s.retired_on)
    UNION ALL
    SELECT l.contract_id, i.service_id, false
    FROM network_price_list_item i JOIN network_price_list l ON l.id = i.price_list_id
    JOIN catalog_pub_service s USING (service_id)
    WHERE s.retired_on IS NOT NULL AND l.status <> 'accepted'
)
SELECT h.contract_id, s.area_id, s.service_id, s.code, s.name, s.retired_on, bool_or(h.is_agreed)
FROM held h
JOIN catalog_pub_service s USING (service_id)
JOIN network_contract c ON c.id = h.contract_id AND c.insurer_id = s.insurer_id
WHERE c.status = ANY(%(live)s) AND s.retired_on >= %(since)s
    AND (%(contract)s::bigint IS NULL OR c.id = %(contract)s)
    AND NOT EXISTS (
        SELECT 1 FROM network_retirement_notice n WHERE n.contract_id = c.id
            AND n.service_id = s.service_id AND n.retired_on = s.retired_on AND n.withdrawn_at IS NULL
    )
GROUP BY h.contract_id, s.area_id, s.service_id, s.code, s.name, s.retired_on
ORDER BY h.contract_id, s.area_id, s.code
"""
_BACK: Final = """
SELECT n.contract_id, s.area_id, s.service_id, s.code, s.name, NULL::date, false
FROM network_retirement_notice n
JOIN catalog_pub_service s USING (service_id)
JOIN network_contract c ON c.id = n.contract_id
WHERE n.withdrawn_at IS NULL AND s.retired_on IS NULL AND c.status = ANY(%(live)s)
    AND (%(contract)s::bigint IS NULL OR c.id = %(contract)s)
ORDER BY n.contract_id, s.area_id, s.code
"""
_HOLDERS: Final = """
SELECT count(DISTINCT h.contract_id)
FROM (
    SELECT p.contract_id FROM network_contracted_price p
    WHERE p.service_id = %(service)s AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
    UNION
    SELECT l.contract_id FROM network_price_list_item i JOIN network_price_list l ON l.id = i.price_list_id
    WHERE i.service_id = %(service)s AND l.status <> 'accepted'
) h JOIN network_contract c ON c.id = h.contract_id
WHERE c.status = ANY(%(live)s) AND c.insurer_id = %(insurer)s
"""
_LIVE: Final = [ContractStatus.ACTIVE, ContractStatus.SUSPENDED]


@dataclass(frozen=True)
class Retirement:
    """One thing a clinic is to be told: a service goes from a day on, or (without a day) is offered on.

    `is_agreed`: a price of it counts until that day; otherwise it is only in a list being worked on.
    """

    contract_id: int
    area_id: int
    service_id: int
    code: str
    name: str
    retired_on: date | None
    is_agreed: bool


def untold(*, on: date, contract_id: int | None = None) -> list[Retirement]:
    """Return what clinics were not told yet, of one contract or of all, in the order of the contracts."""
    values: dict[str, Any] = {"live": _LIVE, "since": on - _NEWS, "contract": contract_id}
    with connection.cursor() as cursor:
        cursor.execute(_NEW, values)
        rows = cursor.fetchall()
        cursor.execute(_BACK, values)
        rows += cursor.fetchall()
    found = [Retirement(*row) for row in rows]
    return sorted(found, key=lambda row: (row.contract_id, row.area_id, row.retired_on is None, row.code))


def clinics_with_price(actor: Actor, *, service_id: int, on: date) -> int:
    """Return how many clinics of the actor's network have a price of the service, agreed or being agreed.

    :raises ols.db.errors.NotFound: the actor works for no insurer
    """
    if actor.organization_kind != "insurer":
        raise NotFound
    values: dict[str, Any] = {
        "service": service_id,
        "day": on,
        "live": _LIVE,
        "insurer": actor.organization(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, values)
        return int(cursor.fetchone()[0])
