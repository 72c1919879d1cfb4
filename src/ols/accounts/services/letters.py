"""Letters about an account: every security event tells its person, who may not be the one who acted."""

from datetime import datetime, timedelta

from django.utils import timezone

from ols.accounts import models
from ols.audit import selectors as history
from ols.audit import services as audit
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.notifications import services as notifications

# However many places somebody guesses from: no more letters than a person would read.
_ONE_WARNING_IN = timedelta(hours=1)


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


@use_case
def warn_of_lockout(*, actor: Actor, email: str, at: datetime) -> None:
    """Tell the person with the address, if there is one, that attempts are being held up."""
    user = models.User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        return
    since = at - _ONE_WARNING_IN
    warned = history.happened(subject_uuid=user.uuid, event="user.lockout", since=since)
    audit.record(event="user.lockout", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)
    if not warned:
        write_to(user, "lockout", actor=actor, at=at)
