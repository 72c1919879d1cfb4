"""Confirming a report: from here on the insurer owes its total."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from ols.accounts.permissions import Permission
from ols.claims import services as claims
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.settlement import models, states
from ols.settlement.selectors import sources
from ols.settlement.services import accounting, bookings, mail
from ols.settlement.services.generate import locked_statement
from ols.workflow import machine

# The platform's promise to clinics: paid within three working days.
WORKING_DAYS_TO_PAY = 3


class StatementOutdated(Exception):
    """Claims of the report changed since it was made; `numbers` names them. Discard it and make a new one."""

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


class TotalsDiffer(Exception):
    """The lines do not add up to the report's total: nothing may be confirmed. Amounts in grosze."""

    def __init__(self, *, lines_gr: int, total_gr: int) -> None:
        super().__init__(f"{lines_gr} - {total_gr} = {lines_gr - total_gr}")
        self.difference_gr = lines_gr - total_gr


@use_case
def confirm_statement(*, actor: Actor, uuid: UUID | str, at: datetime) -> None:
    """Confirm the report: due in three working days, booked, with its accounting document, insurer told.

    :raises ols.workflow.machine.TransitionRefused: it is not waiting for confirmation (any more)
    :raises StatementOutdated: a claim was reversed in the meantime
    :raises TotalsDiffer: the lines do not make the total
    :raises ols.documents.refusals.FileRefused: the accounting document cannot be made; its words say why
    :raises ols.db.errors.NotFound: not a report of this clinic
    """
    actor.require(Permission.SETTLEMENT_CONFIRM)
    statement = locked_statement(actor=actor, uuid=uuid)
    due_on = days.add_working_days(days.local_date(at), WORKING_DAYS_TO_PAY)
    machine.apply(
        states.STATEMENT,
        statement,
        "confirm",
        actor=actor,
        at=at,
        set_fields={"confirmed_at": at, "due_on": due_on},
    )
    _check(statement)
    ledger.post(
        kind="statement.confirm",
        reference=statement.uuid,
        idempotency_key=f"statement:{statement.uuid}:confirmed",
        transfers=bookings.statement_confirmed(
            insurer_id=statement.insurer_id,
            provider_id=statement.provider_id,
            amount_gr=statement.total_gr,
        ),
        at=at,
    )
    document = accounting.issue_document(actor=actor, statement=statement, at=at)
    mail.statement_confirmed(statement=statement, document=document.number, at=at)


@within_transaction
def _check(statement: models.SettlementStatement) -> None:
    # A reversal that comes now waits, and becomes a correction on the next report.
    claims.lock_claims(claim_ids=list(statement.lines.values_list("claim_id", flat=True)))
    changed = sources.changed_claims(statement_id=statement.pk)
    if changed:
        raise StatementOutdated(changed)
    lines_gr = statement.lines.aggregate(total=Sum("amount_gr"))["total"] or 0
    if lines_gr != statement.total_gr:
        raise TotalsDiffer(lines_gr=lines_gr, total_gr=statement.total_gr)
