"""What an insurer's other clinics charge, so that no clinic's price can be read from it (adr/0018)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

# With fewer clinics than this nothing is said; amounts are rounded to whole złotys.
FEWEST_CLINICS: Final = 5
_ZLOTY: Final = 100

_QUARTILES: Final = """
SELECT p.service_id, count(*),
    percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY p.price_gr)
FROM network_contracted_price p JOIN network_contract c ON c.id = p.contract_id
WHERE p.insurer_id = %(insurer)s AND p.provider_id <> %(provider)s AND p.area_id = %(area)s
    AND c.status = 'active' AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
GROUP BY p.service_id HAVING count(*) >= %(fewest)s
"""


@dataclass(frozen=True)
class Quartiles:
    """A quarter, half and three quarters of so many other clinics charge at most this (whole złotys)."""

    clinics: int
    lower_gr: int
    middle_gr: int
    upper_gr: int


def network_quartiles(
    *, insurer_id: int, without_provider_id: int, area_id: int, on: date
) -> dict[int, Quartiles]:
    """Return by service id what the insurer's other clinics charge that day, from five of them up.

    A clinic has one price a service and day (the database sees to it), so rows are clinics.
    """
    named: dict[str, int | date] = {
        "insurer": insurer_id,
        "provider": without_provider_id,
        "area": area_id,
        "day": on,
        "fewest": FEWEST_CLINICS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_QUARTILES, named)
        return {
            service: Quartiles(clinics, *(_whole(value) for value in values))
            for service, clinics, values in cursor.fetchall()
        }


def _whole(value: float) -> int:
    """Round to whole złotys, half up."""
    return int((value + _ZLOTY / 2) // _ZLOTY) * _ZLOTY
