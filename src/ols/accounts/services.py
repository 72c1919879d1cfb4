"""Writing organizations, people and their passwords."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ols.accounts import models, permissions, selectors
from ols.audit import services as audit
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.kernel.sortkey import polish_sort_key
from ols.notifications import services as notifications

LINK_VALID = timedelta(hours=24)


class PasswordLinkInvalid(Exception):
    """The link is unknown, used, expired, or a newer one was sent."""


class WeakPassword(Exception):
    """The password is refused; `messages` says why in words."""

    def __init__(self, messages: Sequence[str]) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(messages))
        self.messages = list(messages)


@within_transaction
def create_organization(
    *, actor: Actor, kind: str, name: str, nip: str, at: datetime, **contact: str
) -> models.Organization:
    """Create a tenant; `contact` may hold street, postal_code, city, email, phone, iban."""
    row = models.Organization.objects.create(
        kind=kind, name=name, sort_key=polish_sort_key(name)[:250], nip=nip, created_at=at, **contact
    )
    audit.record(
        event="organization.create", subject_kind="organization", subject_uuid=row.uuid, actor=actor, at=at
    )
    return row


@within_transaction
def add_member(
    *, actor: Actor, organization_id: int, email: str, name: str, roles: Sequence[str], at: datetime
) -> models.User:
    """Give a person (made if new, without a usable password) the roles in the organization."""
    user = models.User.objects.filter(email__iexact=email).first()
    if user is None:
        user = models.User.objects.create(
            email=email.strip(), name=name, password=make_password(None), created_at=at
        )
    unknown = set(roles) - set(permissions.ROLE_PERMISSIONS)
    if unknown:
        raise ValueError(f"unknown roles: {sorted(unknown)}")
    models.Membership.objects.update_or_create(
        user=user, organization_id=organization_id, defaults={"roles": list(roles), "is_active": True}
    )
    audit.record(
        event="membership.grant",
        subject_kind="user",
        subject_uuid=user.uuid,
        actor=actor,
        at=at,
        data={"organization": organization_id, "roles": list(roles)},
    )
    return user


@within_transaction
def issue_password_link(*, actor: Actor, user: models.User, template: str, at: datetime) -> None:
    """E-mail a fresh single-use link (24 h) to the person; every older one stops working."""
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
        context={"name": user.name, "secret": secret, "hours": int(LINK_VALID.total_seconds() // 3600)},
        at=at,
        language=user.language,
    )


@use_case
def set_password(*, actor: Actor, secret: str, password: str, at: datetime) -> models.User:
    """Use up the link and set the password.

    :raises PasswordLinkInvalid: the link does not work (any more)
    :raises WeakPassword: the password is refused; the link stays usable
    """
    user = selectors.password_link_user(secret=secret, at=at)
    if user is None:
        raise PasswordLinkInvalid
    _check_strength(password, user)
    used = models.PasswordLink.objects.filter(
        user=user, secret_sha256=sha256(secret.encode()).hexdigest(), used_at=None
    ).update(used_at=at)
    if not used:
        raise PasswordLinkInvalid
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(event="user.set_password", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)
    return user


@use_case
def request_password_link(*, actor: Actor, email: str, at: datetime) -> None:
    """Send a link if the address belongs to an active person; the caller answers the same either way."""
    user = models.User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None:
        issue_password_link(actor=actor, user=user, template="password_link", at=at)


def _check_strength(password: str, user: models.User) -> None:
    """Apply the validators of the settings."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(error.messages) from error
