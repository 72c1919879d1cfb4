"""E-mails about a claim that a person at the insurer decided, to those at the clinic who make claims.

A letter names the claim by its number only: nothing about the insured person leaves the platform.
"""

from datetime import datetime

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.claims import models
from ols.kernel import days
from ols.notifications import services as notifications


def write_decision(row: models.Claim, template: str, *, remark: str, at: datetime) -> None:
    """Promise the e-mail to everybody at the clinic who makes claims."""
    context = {
        "number": row.number,
        "insurer": accounts.organization(organization_id=row.insurer_id).name,
        "service_date": days.format_date(row.service_date),
        "valid_until": f"{row.valid_until.astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
        "remark": remark.strip(),
        "path": f"/panel/claims/{row.uuid}/",
    }
    emails = accounts.member_emails(organization_id=row.provider_id, permission=Permission.CLAIM_SUBMIT)
    for email in emails:
        notifications.enqueue_email(to=email, template=template, context=context, at=at)
