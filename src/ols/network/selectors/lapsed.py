"""Whose acceptance of terms has lapsed, in one network, for statements over all its clinics (adr/0013)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

# The newest accepted version began before one whose deadline has passed.
_LAPSED: Final = """
WITH late AS (
    SELECT kind, insurer_id, area_id, max(valid_from) AS begins FROM network_terms
    WHERE accept_by < %(day)s AND (insurer_id = %(insurer)s OR insurer_id IS NULL)
    GROUP BY kind, insurer_id, area_id
)
SELECT a.organization_id, late.area_id
FROM late
JOIN network_terms t ON t.kind = late.kind AND t.insurer_id IS NOT DISTINCT FROM late.insurer_id
    AND t.area_id IS NOT DISTINCT FROM late.area_id
JOIN network_terms_acceptance a ON a.terms_id = t.id
GROUP BY a.organization_id, late.kind, late.area_id
HAVING max(t.valid_from) < max(late.begins)
"""


@dataclass(frozen=True)
class Lapsed:
    """Providers suspended altogether, and pairs of a provider and an area (inner ids)."""

    providers: tuple[int, ...]
    areas: tuple[tuple[int, int], ...]


def lapsed(*, insurer_id: int, day: date) -> Lapsed:
    """Return who is suspended in the insurer's network on the day, until the newer text is accepted."""
    with connection.cursor() as cursor:
        cursor.execute(_LAPSED, {"insurer": insurer_id, "day": day})
        rows = cursor.fetchall()
    return Lapsed(
        providers=tuple(provider for provider, area in rows if area is None),
        areas=tuple((provider, area) for provider, area in rows if area is not None),
    )
