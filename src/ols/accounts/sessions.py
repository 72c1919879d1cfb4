"""The list of a person's sessions: noted at every login, read for the page of account security."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from ols.accounts import models
from ols.kernel.actor import Actor

_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
# In this order: most browsers also claim to be the ones after them.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)


@dataclass(frozen=True)
class SessionRow:
    """One open session; `place` is the network address it was begun from."""

    id: int
    browser: str
    place: str
    began_at: datetime
    last_seen_at: datetime
    is_current: bool


def note(*, request: HttpRequest, user: models.User, **_signal: Any) -> None:
    """Put the session that has just begun on the person's list (Django's signal `user_logged_in`)."""
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": request.META.get("REMOTE_ADDR") or "0.0.0.0",  # noqa: S104 - no address to listen on
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
        },
    )


def own_sessions(actor: Actor, *, session_key: str, at: datetime) -> list[SessionRow]:
    """Return the actor's open sessions, the current one (`session_key`) first, then the last used."""
    noted = {row.session_key: row for row in UserSession.objects.filter(user_id=actor.person())}
    # Every request saves its session, so the moment it ends tells when it was last used.
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    open_now = Session.objects.filter(session_key__in=noted, expire_date__gt=at)
    found = [
        SessionRow(
            id=noted[row.session_key].pk,
            browser=browser_name(noted[row.session_key].user_agent),
            place=noted[row.session_key].ip,
            began_at=noted[row.session_key].created_at,
            last_seen_at=row.expire_date - lasts,
            is_current=row.session_key == session_key,
        )
        for row in open_now
    ]
    return sorted(found, key=lambda row: (row.is_current, row.last_seen_at), reverse=True)


def browser_name(user_agent: str) -> str:
    """Return the browser and system in a word each ("Firefox, Windows"), the header's start, or a dash."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or user_agent[:40] or "–"
