"""Letters about an account: every security event tells its person, who may not be the one who acted."""

from datetime import datetime

from django.utils import timezone

from ols.accounts import models
from ols.db.transactions import within_transaction
from ols.kernel.actor import Actor
from ols.notifications import services as notifications


@within_transaction
def write_to(user: models.User, event: str, *, actor: Actor, at: datetime, detail: str = "") -> None:
    """Promise the e-mail `security_<event>`; `detail` is a browser or the name of a key."""
    notifications.enqueue_email(
        to=user.email,
        template=f"security_{event}",
        context={
            "name": user.name,
            "when": f"{timezone.localtime(at):%d.%m.%Y, %H:%M}",
            "place": actor.ip or "",
            "detail": detail,
        },
        at=at,
        language=user.language,
    )
