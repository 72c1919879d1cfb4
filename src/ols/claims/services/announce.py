"""What follows a decided claim after the commit: the insurer's people learn of one that waits for them."""

from datetime import datetime
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.claims import models
from ols.claims.states import ClaimStatus
from ols.db.transactions import within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.notifications import services as notifications


@within_transaction
def announce_claim(*, actor: Actor, claim_uuid: UUID, at: datetime) -> None:
    """Write to those who decide held claims, if the claim still waits; any other claim needs no letter.

    `actor` is the platform itself: the outbox calls this for every decided or changed claim.
    """
    row = models.Claim.objects.filter(uuid=claim_uuid, status=ClaimStatus.PENDED).first()
    if row is None or actor.organization_id is not None:
        return
    context = {
        "number": row.number,
        "clinic": accounts.organization(organization_id=row.provider_id).name,
        "service_date": days.format_date(row.service_date),
        "path": f"/insurer/claims/{row.uuid}/",
    }
    emails = accounts.member_emails(organization_id=row.insurer_id, permission=Permission.CLAIM_REVIEW)
    for email in emails:
        notifications.enqueue_email(to=email, template="claim_held", context=context, at=at)
