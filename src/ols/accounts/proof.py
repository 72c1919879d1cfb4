"""What a session knows about how its person proved who they are."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from ols.accounts import factors
from ols.kernel.actor import Actor

_FACTOR = "proven_by_factor"
_AT = "proven_at"
# So long a proof is good enough for changing how one logs in; later it is asked for again.
FRESH_FOR = timedelta(minutes=10)


def note(session: SessionBase, *, factor: bool, at: datetime) -> None:
    """Keep that the person has just proved who they are; `factor`: not by the password alone."""
    session[_AT] = at.timestamp()
    if factor:
        session[_FACTOR] = True


def is_fresh(session: SessionBase, *, at: datetime) -> bool:
    """Say whether the last proof is young enough."""
    return bool(session.get(_AT, 0.0) > (at - FRESH_FOR).timestamp())


def by_factor(session: SessionBase) -> bool:
    """Say whether the session began with a second factor, or set one up."""
    return bool(session.get(_FACTOR))


def is_missing(request: HttpRequest, actor: Actor) -> bool:
    """Say whether the actor's pages stay closed until a second factor is proved."""
    return factors.required_for(actor) and not by_factor(request.session)
