"""Lists of claims with their filters and totals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ols.accounts import selectors as accounts
from ols.claims.selectors.stored import side_of
from ols.claims.states import ClaimStatus
from ols.claims.types import ClaimFilters, ClaimRow, ClaimTotals
from ols.kernel.actor import Actor

_FROM = """
FROM claims_claim c
WHERE c.{side} = %(organization)s
    AND (%(status)s = '' OR c.status = %(status)s)
    AND (%(service_from)s::date IS NULL OR c.service_date >= %(service_from)s)
    AND (%(service_to)s::date IS NULL OR c.service_date <= %(service_to)s)
    AND (%(query)s = '' OR c.number LIKE %(like)s OR EXISTS (
        SELECT FROM claims_line l WHERE l.claim_id = c.id
            AND (l.service_code ILIKE %(like)s OR l.service_name ILIKE %(like)s)))
"""
_PAGE = """
WITH page AS MATERIALIZED (SELECT c.* {which} ORDER BY {order} OFFSET %(offset)s LIMIT %(limit)s)
SELECT c.uuid, c.number, c.service_date, c.decided_at, c.status, c.outcome, c.{other},
    i.first_name || ' ' || i.last_initial || '.', c.submitted_gr, c.insurer_gr, c.patient_gr,
    (SELECT string_agg(l.service_code, ', ' ORDER BY l.position) FROM claims_line l WHERE l.claim_id = c.id)
FROM page c LEFT JOIN coverage_pub_identity i ON i.coverage_id = c.coverage_id
ORDER BY {order}
"""
_TOTALS = """
SELECT count(*), coalesce(sum(c.submitted_gr), 0)::bigint, coalesce(sum(c.insurer_gr), 0)::bigint,
    coalesce(sum(c.patient_gr), 0)::bigint {which}
"""
_NEWEST = "c.decided_at DESC, c.id DESC"
_OLDEST = "c.decided_at, c.id"


def claims(*, actor: Actor, filters: ClaimFilters, offset: int = 0, limit: int = 50) -> list[ClaimRow]:
    """Return one page of the organization's claims, the newest decision first.

    :raises NotPermitted: the actor may see no claims
    """
    return _page(actor, filters, _NEWEST, offset, limit)


def pended_claims(*, actor: Actor, offset: int = 0, limit: int = 50) -> list[ClaimRow]:
    """Return the claims held for a person, the one that waits longest first."""
    return _page(actor, ClaimFilters(status=ClaimStatus.PENDED), _OLDEST, offset, limit)


def claim_totals(*, actor: Actor, filters: ClaimFilters) -> ClaimTotals:
    """Return how many claims the filters let through, and their sums in grosze."""
    side, _ = side_of(actor)
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS.format(which=_FROM.format(side=side)), _values(actor, filters))
        return ClaimTotals(*cursor.fetchone())


def _page(actor: Actor, filters: ClaimFilters, order: str, offset: int, limit: int) -> list[ClaimRow]:
    side, other = side_of(actor)
    sql = _PAGE.format(which=_FROM.format(side=side), other=other, order=order)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_values(actor, filters), "offset": offset, "limit": limit})
        rows = cursor.fetchall()
    names = {row[6]: accounts.organization(organization_id=row[6]).name for row in rows}
    return [_row(row, names[row[6]]) for row in rows]


def _row(row: tuple[Any, ...], counterpart: str) -> ClaimRow:
    uuid: UUID = row[0]
    decided_at: datetime = row[3]
    return ClaimRow(
        uuid=uuid,
        number=row[1],
        service_date=row[2],
        decided_at=decided_at,
        status=row[4],
        outcome=row[5],
        counterpart=counterpart,
        patient=row[7] or "",
        submitted_gr=row[8],
        insurer_gr=row[9],
        patient_gr=row[10],
        service_codes=row[11] or "",
    )


def _values(actor: Actor, filters: ClaimFilters) -> dict[str, object]:
    query = filters.query.strip()
    plain = query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "organization": actor.organization_id,
        "status": filters.status,
        "service_from": filters.service_from,
        "service_to": filters.service_to,
        "query": query,
        "like": f"%{plain}%",
    }
