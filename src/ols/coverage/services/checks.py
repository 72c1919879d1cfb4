"""Who looked whom up: written at every check, shown to the insured person."""

from datetime import datetime

from ols.coverage import models
from ols.db.transactions import within_transaction
from ols.kernel.actor import Actor


@within_transaction
def log_check(*, actor: Actor, person_id: int | None, at: datetime) -> None:
    """Note that the actor looked for a person; `person_id` is None when nobody was found."""
    models.EligibilityCheck.objects.create(
        at=at, user_id=actor.user_id or 0, organization_id=actor.organization_id or 0, person_id=person_id
    )
