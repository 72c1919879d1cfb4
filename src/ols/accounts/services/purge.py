"""What is due to go: sessions, failures, links and limits that count no more."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection

from ols.accounts import models
from ols.accounts.services import attempts
from ols.db.transactions import use_case
from ols.kernel.actor import Actor

_LINKS_KEPT = timedelta(days=30)
# As long as the cookie lives that names a browser.
_BROWSERS_KEPT = timedelta(days=400)


@use_case
def purge_accounts(*, actor: Actor, at: datetime) -> int:
    """Delete what counts no more; return how many rows went. Nothing anybody could still use is touched."""
    del actor  # nothing that is written down anywhere changes
    due = (
        models.LoginFailure.objects.filter(at__lt=at - attempts.PER_ADDRESS.within),
        models.PasswordLink.objects.filter(expires_at__lt=at - _LINKS_KEPT),
        models.Browser.objects.filter(created_at__lt=at - _BROWSERS_KEPT),
        Session.objects.filter(expire_date__lt=at),
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")),
    )
    gone = sum(rows.delete()[0] for rows in due)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_cache WHERE expires < %s", [at])
        return gone + int(cursor.rowcount)
