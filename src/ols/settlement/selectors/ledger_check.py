"""Does the book agree with the reports? Two independent sums of the same money, compared to the grosz."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.ledger import selectors as ledger
from ols.settlement import models, states

S = states.StatementStatus

# What is decided and on no confirmed report: claims that count, less what confirmed reports took over.
# A claim reversed after its report leaves a debt of the clinic until the correction takes it back.
_DECIDED = """
SELECT coalesce((SELECT sum(c.insurer_gr) FROM claims_pub_settlement c
                  WHERE c.insurer_id = %(insurer)s AND c.status IN ('authorized', 'confirmed')), 0)
     - coalesce((SELECT sum(l.amount_gr) FROM settlement_line l
                  JOIN settlement_statement s ON s.id = l.statement_id
                  WHERE s.insurer_id = %(insurer)s AND s.status NOT IN ('generated', 'discarded')), 0)
"""


@dataclass(frozen=True)
class CheckRow:
    """One stage of the money: what the book says and what the reports say, in grosze."""

    stage: str
    book_gr: int
    expected_gr: int

    @property
    def agrees(self) -> bool:
        """Say whether both are equal to the grosz."""
        return self.book_gr == self.expected_gr


@dataclass(frozen=True)
class LedgerCheck:
    """All stages. `total_gr` sums every account of the insurer and must be 0."""

    rows: tuple[CheckRow, ...]
    total_gr: int

    @property
    def is_right(self) -> bool:
        """Say whether the book balances and every stage agrees."""
        return self.total_gr == 0 and all(row.agrees for row in self.rows)


def ledger_check(actor: Actor) -> LedgerCheck:
    """Compare the insurer's accounts with its claims, reports and payments."""
    actor.require(Permission.PAYMENT_VIEW)
    assert actor.organization_id is not None
    balances = ledger.balances(prefix=f"insurer:{actor.organization_id}:")
    book = {
        stage: sum(amount for code, amount in balances.items() if code.endswith(f":{stage}"))
        for stage in ("decided", "payable", "clearing", "bank", "benefit-expense")
    }
    expected = _expected(actor.organization_id)
    expected["benefit-expense"] = -sum(expected.values())
    rows = tuple(CheckRow(stage, book[stage], amount_gr) for stage, amount_gr in expected.items())
    return LedgerCheck(rows, sum(balances.values()))


def _expected(insurer_id: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, {"insurer": insurer_id})
        (decided_gr,) = cursor.fetchone()
    rows = models.SettlementStatement.objects.filter(insurer_id=insurer_id).values_list("status")
    totals = dict(rows.annotate(total=Sum("total_gr")))
    return {
        "decided": int(decided_gr),
        "payable": totals.get(S.CONFIRMED, 0) + totals.get(S.RETURNED, 0),
        "clearing": totals.get(S.ORDERED, 0),
        "bank": totals.get(S.PAID, 0),
    }
