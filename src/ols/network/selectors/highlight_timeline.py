"""The highlight rule in SQL: how every clinic's prices compare with the limits, from a day on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import connection

from ols.network.highlight_rule import Standing
from ols.network.states import ContractStatus
from ols.plans.limit_periods import Period

# A co-operation that stands still keeps its days here; who reads badges asks for active ones only.
_KEPT: Final = [ContractStatus.ACTIVE, ContractStatus.SUSPENDED]
_TIMELINE: Final = """
WITH limits AS (
    SELECT service_id, valid_from, valid_to, limit_gr FROM plans_pub_price_limit
    WHERE insurer_id = %(insurer)s AND service_id <> ALL (%(proposed)s::bigint[])
    UNION ALL
    SELECT * FROM unnest(%(services)s::bigint[], %(starts)s::date[], %(ends)s::date[], %(amounts)s::bigint[])
), compared AS (
    SELECT p.contract_id, p.provider_id, p.area_id, p.price_gr - l.limit_gr AS over_gr,
        greatest(p.valid_from, l.valid_from, %(day)s) AS first_day, least(p.valid_to, l.valid_to) AS end_day
    FROM network_pub_price p
    JOIN network_contract c ON c.id = p.contract_id AND c.status = ANY (%(kept)s)
    JOIN limits l ON l.service_id = p.service_id
    WHERE p.insurer_id = %(insurer)s
        AND (%(provider)s::bigint IS NULL OR p.provider_id = %(provider)s)
        AND (%(areas)s::bigint[] IS NULL OR p.area_id = ANY (%(areas)s))
        AND greatest(p.valid_from, l.valid_from, %(day)s)
            < coalesce(least(p.valid_to, l.valid_to), 'infinity'::date)
), edges AS (
    SELECT contract_id, provider_id, area_id, first_day AS day FROM compared
    UNION
    SELECT contract_id, provider_id, area_id, end_day FROM compared WHERE end_day IS NOT NULL
), spans AS (
    SELECT *, lead(day) OVER (PARTITION BY contract_id, area_id ORDER BY day) AS end_day FROM edges
)
SELECT s.contract_id, s.provider_id, s.area_id, s.day, s.end_day,
    count(*), count(*) FILTER (WHERE over_gr > 0), max(over_gr)
FROM spans s
JOIN compared d ON d.contract_id = s.contract_id AND d.area_id = s.area_id
    AND d.first_day <= s.day AND (d.end_day IS NULL OR d.end_day > s.day)
GROUP BY s.contract_id, s.provider_id, s.area_id, s.day, s.end_day
ORDER BY s.contract_id, s.area_id, s.day
"""


@dataclass(frozen=True)
class Span:
    """How a clinic's prices of an area compare with the limits, `start <= day < end` (None: from then on)."""

    contract_id: int
    provider_id: int
    area_id: int
    start: date
    end: date | None
    standing: Standing

    def covers(self, day: date) -> bool:
        """Say whether the day is one of these days."""
        return self.start <= day and (self.end is None or day < self.end)


def timeline(
    *,
    insurer_id: int,
    day: date,
    provider_id: int | None = None,
    area_ids: Collection[int] | None = None,
    proposed: Mapping[int, list[Period]] | None = None,
) -> list[Span]:
    """Return the spans from a day on by contract, area and day; neighbours that are alike are one.

    `proposed` are the limits of some services as they would be after a change (for its preview).
    """
    periods = [(service, one) for service, rows in (proposed or {}).items() for one in rows]
    values = {
        "insurer": insurer_id,
        "provider": provider_id,
        "areas": None if area_ids is None else list(area_ids),
        "day": day,
        "kept": _KEPT,
        "proposed": list(proposed or {}),
        "services": [service for service, _ in periods],
        "starts": [one.start for _, one in periods],
        "ends": [one.end for _, one in periods],
        "amounts": [one.limit_gr for _, one in periods],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TIMELINE, values)
        rows = cursor.fetchall()
    return _joined(
        [
            Span(contract, provider, area, start, end, Standing(*found))
            for contract, provider, area, start, end, *found in rows
        ]
    )


def _joined(spans: list[Span]) -> list[Span]:
    """Make one span of neighbours that are alike."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and _key(last) == _key(span) and last.end == span.start:
            joined[-1] = replace(last, end=span.end)
        else:
            joined.append(span)
    return joined


def _key(span: Span) -> tuple[int, int, int, Standing]:
    return (span.contract_id, span.provider_id, span.area_id, span.standing)
