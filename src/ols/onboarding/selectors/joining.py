"""The application with which an organization joined."""

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.onboarding import models


def joined_with(actor: Actor, *, organization_id: int) -> str:
    """Return the number of the application that was approved; empty for whom an operator added."""
    actor.require(Permission.ORGANIZATION_VIEW)
    rows = models.AccessApplication.objects.filter(organization_id=organization_id)
    return rows.order_by("-id").values_list("number", flat=True).first() or ""
