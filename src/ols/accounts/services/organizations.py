"""Writing organizations and who works in them."""

from collections.abc import Sequence
from datetime import datetime, time

from django.contrib.auth.hashers import make_password

from ols.accounts import models, permissions
from ols.audit import services as audit
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.kernel.sortkey import polish_sort_key


@within_transaction
def create_organization(
    *, actor: Actor, kind: str, name: str, nip: str, at: datetime, **contact: str | time
) -> models.Organization:
    """Create a tenant; `contact` may hold street, postal_code, city, email, phone, iban and office hours."""
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


@use_case
def note_entry(*, actor: Actor, at: datetime) -> None:
    """Note that the person has begun to work for the organization; the login itself is in the record."""
    models.Membership.objects.filter(
        user_id=actor.person(), organization_id=actor.organization(), is_active=True
    ).update(entered_at=at)
