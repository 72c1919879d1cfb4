"""Ending sessions: one, all others, or all of a person's at once."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import F

from ols.accounts import models
from ols.accounts.services.letters import write_to
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor


@within_transaction
def end_sessions(user: models.User) -> None:
    """End every session the person has, also those the list does not know.

    A session must match the person's epoch, which is counted on here; the rows go for order's sake.
    """
    models.User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    _forget(list(UserSession.objects.filter(user_id=user.pk).values_list("session_key", flat=True)))


@use_case
def end_session(*, actor: Actor, session_id: int, at: datetime) -> None:
    """End one of the actor's own sessions.

    :raises ols.db.errors.NotFound: the actor has no such session
    """
    key = UserSession.objects.filter(user_id=actor.person(), pk=session_id).values_list("session_key").first()
    if key is None:
        raise NotFound
    _forget([key[0]])
    user = models.User.objects.get(pk=actor.person())
    audit.record(event="user.end_session", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)


@use_case
def sign_out_everywhere(*, actor: Actor, at: datetime) -> None:
    """End every session of the actor, the one this is asked from too, and write to the person."""
    user = models.User.objects.get(pk=actor.person())
    end_sessions(user)
    audit.record(event="user.end_sessions", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)
    write_to(user, "signed_out_everywhere", actor=actor, at=at)


def _forget(keys: list[str]) -> None:
    """Delete the sessions and what the list says about them."""
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
