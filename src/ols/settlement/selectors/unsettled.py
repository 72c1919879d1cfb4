"""Confirmed claims that wait for a report, as the clinic sees them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor

_WAITING = """
SELECT c.insurer_id, count(*), sum(c.insurer_gr)::bigint, min(c.service_date), max(c.service_date)
  FROM claims_pub_settlement c
 WHERE c.provider_id = %s AND c.status = 'confirmed' AND c.insurer_gr > 0
   AND NOT EXISTS (SELECT FROM settlement_line l WHERE l.claim_id = c.claim_id AND NOT l.is_correction)
 GROUP BY 1
"""


@dataclass(frozen=True)
class WaitingRow:
    """What waits at one insurer: how many claims, of which days, the insurer's part in grosze."""

    insurer_uuid: UUID
    insurer_name: str
    claim_count: int
    total_gr: int
    first_day: date
    last_day: date


def waiting(actor: Actor) -> list[WaitingRow]:
    """Return what waits for a report, by insurer in Polish order of names."""
    actor.require(Permission.SETTLEMENT_VIEW)
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [actor.organization_id])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    return [
        WaitingRow(UUID(insurer.uuid), insurer.name, *found[insurer.id])
        for insurer in accounts.organizations(kind="insurer")
        if insurer.id in found
    ]
