"""The application with which an organization joined."""

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.onboarding import models
from ols.onboarding.selectors.applications import ApplicationRow


def joined_with(actor: Actor, *, organization_id: int) -> ApplicationRow | None:
    """Return the application that was approved; None for whom an operator added."""
    actor.require(Permission.ORGANIZATION_VIEW)
    row = models.AccessApplication.objects.filter(organization_id=organization_id).order_by("-id").first()
    if row is None:
        return None
    return ApplicationRow(**{name: getattr(row, name) for name in ApplicationRow.__dataclass_fields__})
