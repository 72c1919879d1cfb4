"""Lists of claims with their filters and totals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Min, Q

from ols.accounts import selectors as accounts
from ols.claims.selectors.stored import claim_row, side_of, visible_to
from ols.claims.states import ClaimStatus
from ols.claims.types import ClaimFilters, ClaimRow, ClaimsWaiting, ClaimTotals
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
_SIMILAR = """
FROM claims_claim c
WHERE c.{side} = %(organization)s AND c.id <> %(claim)s AND c.id IN (
    SELECT other.claim_id FROM claims_line mine
    JOIN claims_line other ON other.person_id = mine.person_id AND other.service_id = mine.service_id
    WHERE mine.claim_id = %(claim)s)
"""
_NEWEST = "c.decided_at DESC, c.id DESC"
_OLDEST = "c.decided_at, c.id"


def claims(*, actor: Actor, filters: ClaimFilters, offset: int = 0, limit: int = 50) -> list[ClaimRow]:
    """Return one page of the organization's claims, the newest decision first.

    :raises NotPermitted: the actor may see no claims
    """
    values = {**_values(actor, filters), "offset": offset, "limit": limit}
    return _page(actor, _FROM, _NEWEST, values)


def pended_claims(*, actor: Actor, offset: int = 0, limit: int = 50) -> list[ClaimRow]:
    """Return the claims held for a person, the one that waits longest first."""
    filters = ClaimFilters(status=ClaimStatus.PENDED)
    return _page(actor, _FROM, _OLDEST, {**_values(actor, filters), "offset": offset, "limit": limit})


def similar_claims(*, actor: Actor, claim_uuid: UUID, limit: int = 10) -> list[ClaimRow]:
    """Return the organization's other claims of the same person with a service in common, the newest first.

    :raises NotFound: there is no such claim, or it is somebody else's
    """
    row = claim_row(actor=actor, claim_uuid=claim_uuid)
    values = {"organization": actor.organization_id, "claim": row.pk, "offset": 0, "limit": limit}
    return _page(actor, _SIMILAR, _NEWEST, values)


def claim_totals(*, actor: Actor, filters: ClaimFilters) -> ClaimTotals:
    """Return how many claims the filters let through, and their sums in grosze."""
    side, _ = side_of(actor)
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS.format(which=_FROM.format(side=side)), _values(actor, filters))
        return ClaimTotals(*cursor.fetchone())


def claims_waiting(*, actor: Actor, at: datetime) -> ClaimsWaiting:
    """Return what of the clinic's claims waits for it, and for the insurer.

    :raises NotPermitted: the actor may see no claims
    """
    granted = Q(status=ClaimStatus.AUTHORIZED, valid_until__gte=at)
    found = visible_to(actor).aggregate(
        to_confirm=Count("pk", filter=granted),
        first_expires_at=Min("valid_until", filter=granted),
        held=Count("pk", filter=Q(status=ClaimStatus.PENDED)),
    )
    return ClaimsWaiting(found["to_confirm"], found["first_expires_at"], found["held"])


def _page(actor: Actor, which: str, order: str, values: dict[str, Any]) -> list[ClaimRow]:
    side, other = side_of(actor)
    sql = _PAGE.format(which=which.format(side=side), other=other, order=order)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    names = {key: accounts.organization(organization_id=key).name for key in {row[6] for row in rows}}
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


def _values(actor: Actor, filters: ClaimFilters) -> dict[str, Any]:
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
