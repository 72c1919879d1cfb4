"""Passwords: set through single-use links only."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ols.accounts import models, permissions, selectors
from ols.accounts.passwords import normalized
from ols.accounts.services import attempts
from ols.accounts.services.letters import warn_of_lockout, write_to
from ols.accounts.services.login import forget_failures
from ols.accounts.services.second_step import StepAnswer
from ols.accounts.services.sessions import end_sessions
from ols.audit import services as audit
from ols.db import crypto
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.notifications import services as notifications

LINK_VALID = timedelta(hours=24)
LINKS_AN_HOUR = 5


class PasswordLinkInvalid(Exception):
    """The link is unknown, used, expired, or a newer one was sent."""


class WeakPassword(Exception):
    """The password is refused; `messages` says why in words."""

    def __init__(self, messages: Sequence[str]) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(messages))
        self.messages = list(messages)


@within_transaction
def issue_password_link(
    *, actor: Actor, user: models.User, template: str, at: datetime, about: str = "", by: str = ""
) -> str:
    """E-mail a fresh single-use link (24 h) to the person; every older one stops working.

    An invitation says to which organization (`about`) and who invites (`by`).

    Return its secret, for an installer who has no mail yet; it is kept nowhere else.
    """
    secret = secrets.token_urlsafe(32)
    models.PasswordLink.objects.create(
        user=user,
        secret_sha256=sha256(secret.encode()).hexdigest(),
        created_at=at,
        expires_at=at + LINK_VALID,
    )
    audit.record(event="user.password_link", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)
    notifications.enqueue_email(
        to=user.email,
        template=template,
        context={
            "name": user.name,
            "secret": secret,
            "hours": int(LINK_VALID.total_seconds() // 3600),
            "organization": about,
            "by": by,
        },
        at=at,
        language=user.language,
    )
    return secret


@use_case
def set_password(*, actor: Actor, secret: str, password: str, at: datetime) -> models.User:
    """Use up the link and set the password.

    :raises PasswordLinkInvalid: the link does not work (any more)
    :raises WeakPassword: the password is refused; the link stays usable
    """
    user = selectors.password_link_user(secret=secret, at=at)
    if user is None:
        raise PasswordLinkInvalid
    accepted, is_first = _accepted(password, user), not user.has_usable_password()
    if not _use_up(user, secret, at):
        raise PasswordLinkInvalid
    user.set_password(accepted)
    user.save(update_fields=["password"])
    end_sessions(user)
    forget_failures(user)
    if not is_first:
        write_to(user, "password_changed", actor=actor, at=at)
    audit.record(event="user.set_password", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)
    return user


def check_own_password(*, actor: Actor, password: str, at: datetime) -> StepAnswer:
    """Check the present password of who acts; guessing is slowed down like a second step."""
    user = models.User.objects.get(pk=actor.person())
    source = attempts.Source(crypto.blind_index(str(user.pk), purpose="factor"), limits=("factor",))
    attempt = attempts.begin(actor=actor, source=source, at=at)
    if attempt.failure is None:
        return StepAnswer("", attempt.wait_until)
    if user.check_password(normalized(password)):
        attempts.succeed(actor=actor, source=source)
        return StepAnswer("password")
    if attempt.is_last:
        warn_of_lockout(actor=actor, email=user.email, at=at)
    return StepAnswer("")


@use_case
def change_password(*, actor: Actor, password: str, at: datetime) -> models.User:
    """Set the actor's own password (the present one was checked) and end all sessions, theirs too.

    :raises WeakPassword: the password is refused
    """
    user = models.User.objects.select_for_update().get(pk=actor.person())
    user.set_password(_accepted(password, user))
    user.save(update_fields=["password"])
    end_sessions(user)
    audit.record(
        event="user.change_password", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at
    )
    write_to(user, "password_changed", actor=actor, at=at)
    return user


@use_case
def request_password_link(*, actor: Actor, email: str, at: datetime) -> None:
    """Send a link if the address belongs to an active person; the caller answers the same either way."""
    user = models.User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None:
        _send_again(actor, user, at)


@use_case
def renew_password_link(*, actor: Actor, secret: str, at: datetime) -> None:
    """Send a fresh link to whom a dead one was sent; the caller answers the same for a secret of nobody."""
    link = (
        models.PasswordLink.objects.select_related("user")
        .filter(secret_sha256=sha256(secret.encode()).hexdigest(), user__is_active=True)
        .first()
    )
    if link is not None:
        _send_again(actor, link.user, at)


@use_case
def request_organization_link(*, actor: Actor, organization_id: int, at: datetime) -> None:
    """Send a link to the registered addresses of an organization: those who manage its staff."""
    emails = selectors.member_emails(
        organization_id=organization_id, permission=permissions.Permission.STAFF_MANAGE
    )
    for user in models.User.objects.filter(email__in=emails, is_active=True).order_by("id"):
        _send_again(actor, user, at)


def _send_again(actor: Actor, user: models.User, at: datetime) -> None:
    """Send a link, unless the person's mailbox is being filled with them."""
    recent = models.PasswordLink.objects.filter(user=user, created_at__gt=at - timedelta(hours=1))
    if recent.count() < LINKS_AN_HOUR:
        issue_password_link(actor=actor, user=user, template="password_link", at=at)


def _use_up(user: models.User, secret: str, at: datetime) -> bool:
    """Mark the link as used; only the first of two who try at once succeeds."""
    links = models.PasswordLink.objects.filter(user=user, secret_sha256=sha256(secret.encode()).hexdigest())
    return bool(links.filter(used_at=None).update(used_at=at))


def _accepted(password: str, user: models.User) -> str:
    """Return the password as it is hashed, once the validators of the settings have accepted it."""
    accepted = normalized(password)
    try:
        validate_password(accepted, user)
    except ValidationError as error:
        raise WeakPassword(error.messages) from error
    return accepted
