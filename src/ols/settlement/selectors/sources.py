"""What settlement reads of other contexts: the views that claims and network publish, joined in SQL."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from ols.db.errors import NotFound

# Lines of a discarded report are deleted, so any line means that the claim is on a report.
_SETTLEABLE = """
SELECT c.claim_id, c.number, c.service_date, c.service_codes, c.insurer_gr, FALSE, c.contract_id
  FROM claims_pub_settlement c
 WHERE c.provider_id = %(provider)s AND c.insurer_id = %(insurer)s AND c.status = 'confirmed'
   AND c.insurer_gr > 0 AND c.service_date BETWEEN %(day_from)s AND %(day_to)s
   AND NOT EXISTS (SELECT FROM settlement_line l WHERE l.claim_id = c.claim_id AND NOT l.is_correction)
UNION ALL
SELECT c.claim_id, c.number, c.service_date, c.service_codes, -l.amount_gr, TRUE, c.contract_id
  FROM settlement_line l
  JOIN settlement_statement s ON s.id = l.statement_id
  JOIN claims_pub_settlement c ON c.claim_id = l.claim_id
 WHERE s.provider_id = %(provider)s AND s.insurer_id = %(insurer)s AND s.status <> 'generated'
   AND NOT l.is_correction AND c.status = 'reversed'
   AND NOT EXISTS (SELECT FROM settlement_line k WHERE k.claim_id = l.claim_id AND k.is_correction)
 ORDER BY 6, 3, 2
"""

_CONTRACT = "SELECT iban, bank_name FROM network_pub_contract WHERE contract_id = %s"

_CHANGED = """
SELECT c.number FROM settlement_line l JOIN claims_pub_settlement c ON c.claim_id = l.claim_id
 WHERE l.statement_id = %s AND c.status <> CASE WHEN l.is_correction THEN 'reversed' ELSE 'confirmed' END
 ORDER BY 1
"""


@dataclass(frozen=True)
class SettleableClaim:
    """A claim for the next report; a correction takes back what was reported (amount below zero)."""

    claim_id: int
    number: str
    service_date: date
    service_codes: str
    amount_gr: int
    is_correction: bool
    contract_id: int


def settleable_claims(
    *, provider_id: int, insurer_id: int, day_from: date, day_to: date
) -> list[SettleableClaim]:
    """Return confirmed claims of the period that are on no report yet, then every correction that is due."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLEABLE,
            {"provider": provider_id, "insurer": insurer_id, "day_from": day_from, "day_to": day_to},
        )
        return [SettleableClaim(*row) for row in cursor.fetchall()]


def changed_claims(*, statement_id: int) -> list[str]:
    """Return the numbers of the report's claims that were reversed (or confirmed again) since it was made."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [statement_id])
        return [number for (number,) in cursor.fetchall()]


def contract_account(*, contract_id: int) -> tuple[str, str]:
    """Return IBAN and bank name of the account that the insurer accepted with the contract.

    :raises NotFound: no such contract
    """
    with connection.cursor() as cursor:
        cursor.execute(_CONTRACT, [contract_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    iban, bank_name = row
    return iban, bank_name
