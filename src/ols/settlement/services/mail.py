"""The e-mails of settlement; each goes to the people of the organization who hold the permission."""

from collections.abc import Mapping
from datetime import datetime

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.db.transactions import within_transaction
from ols.kernel import days, money
from ols.notifications import services as notifications
from ols.settlement import models


@within_transaction
def statement_confirmed(*, statement: models.SettlementStatement, document: str, at: datetime) -> None:
    """Tell the insurer's finance what it owes until when."""
    assert statement.due_on is not None
    context = {
        **_facts(statement),
        "document": document,
        "due": days.format_date(statement.due_on),
        "path": "/insurer/payments/",
    }
    _send("statement_confirmed", statement.insurer_id, Permission.PAYMENT_PREPARE, context, at)


@within_transaction
def statement_paid(*, statement: models.SettlementStatement, at: datetime) -> None:
    """Tell the clinic that its money left the insurer's account, and on which day."""
    assert statement.paid_on is not None
    context = {
        **_facts(statement),
        "paid": days.format_date(statement.paid_on),
        "path": f"/panel/settlements/{statement.uuid}/",
    }
    _send("statement_paid", statement.provider_id, Permission.SETTLEMENT_VIEW, context, at)


@within_transaction
def statement_returned(*, statement: models.SettlementStatement, iban: str, at: datetime) -> None:
    """Tell both sides that the bank gave the money back; the account is shown by its last digits only."""
    for organization_id, permission, path in (
        (statement.provider_id, Permission.SETTLEMENT_VIEW, f"/panel/settlements/{statement.uuid}/"),
        (statement.insurer_id, Permission.PAYMENT_PREPARE, "/insurer/payments/"),
    ):
        context = {**_facts(statement), "account": f"…{iban[-4:]}", "path": path}
        _send("statement_returned", organization_id, permission, context, at)


def _facts(statement: models.SettlementStatement) -> dict[str, str]:
    return {
        "number": statement.number,
        "amount": money.format_amount(statement.total_gr),
        "provider": accounts.organization(organization_id=statement.provider_id).name,
        "insurer": accounts.organization(organization_id=statement.insurer_id).name,
    }


def _send(
    template: str, organization_id: int, permission: str, context: Mapping[str, object], at: datetime
) -> None:
    for address in accounts.member_emails(organization_id=organization_id, permission=permission):
        notifications.enqueue_email(to=address, template=template, context=context, at=at)
