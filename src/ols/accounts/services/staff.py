"""Staff of an organization: invited, given roles, removed by whoever manages staff there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ols.accounts import models
from ols.accounts.permissions import Permission, permissions_of, roles_of
from ols.accounts.services.organizations import add_member
from ols.accounts.services.passwords import issue_password_link
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.notifications import services as notifications


class LastManager(Exception):
    """Nobody would be left who can manage staff: the organization would be locked out."""


class RoleOfOtherKind(Exception):
    """A role that organizations of this kind do not have, or no role at all."""


@use_case
def invite_member(*, actor: Actor, email: str, name: str, roles: Sequence[str], at: datetime) -> UUID:
    """Give a person the roles in the actor's organization and write to them; return the person's uuid.

    Who never had a password gets a link to set one; who works elsewhere already keeps theirs.

    :raises kernel.actor.NotPermitted: the actor does not manage staff
    :raises RoleOfOtherKind: a role of another kind of organization, or none
    :raises LastManager: the invitation would take staff management from the last manager
    """
    actor.require(Permission.STAFF_MANAGE)
    _require_roles(actor, roles)
    _locked_members(actor)
    user = add_member(
        actor=actor, organization_id=actor.organization(), email=email, name=name, roles=roles, at=at
    )
    _require_manager(actor)
    welcome(actor=actor, user=user, organization_id=actor.organization(), at=at)
    return user.uuid


@within_transaction
def welcome(*, actor: Actor, user: models.User, organization_id: int, at: datetime) -> None:
    """Write to a new member: a link to set a password, or for who has one that there is more to choose."""
    if not user.has_usable_password():
        issue_password_link(actor=actor, user=user, template="invitation", at=at)
        return
    organization = models.Organization.objects.get(pk=organization_id)
    notifications.enqueue_email(
        to=user.email,
        template="added_to_organization",
        context={"name": user.name, "organization": organization.name},
        at=at,
        language=user.language,
    )


@use_case
def change_roles(*, actor: Actor, user_uuid: UUID, roles: Sequence[str], at: datetime) -> None:
    """Give a member exactly these roles; they count from the person's next click.

    :raises ols.db.errors.NotFound: no such active member of the actor's organization
    :raises RoleOfOtherKind: a role of another kind of organization, or none
    :raises LastManager: the last one who manages staff would lose that
    """
    actor.require(Permission.STAFF_MANAGE)
    _require_roles(actor, roles)
    member = _member(actor, user_uuid)
    member.roles = list(roles)
    member.save(update_fields=["roles"])
    _require_manager(actor)
    _record(actor, member, "membership.change", at, {"roles": list(roles)})


@use_case
def remove_member(*, actor: Actor, user_uuid: UUID, at: datetime) -> None:
    """End a membership at once: the person's open sessions lose it with the next click.

    :raises ols.db.errors.NotFound: no such active member of the actor's organization
    :raises LastManager: the last one who manages staff cannot be removed
    """
    actor.require(Permission.STAFF_MANAGE)
    member = _member(actor, user_uuid)
    member.is_active = False
    member.save(update_fields=["is_active"])
    _require_manager(actor)
    _record(actor, member, "membership.remove", at, {})


def _require_roles(actor: Actor, roles: Sequence[str]) -> None:
    """Refuse roles that organizations of the actor's kind do not have."""
    if not roles or set(roles) - set(roles_of(actor.organization_kind)):
        raise RoleOfOtherKind


def _locked_members(actor: Actor) -> list[models.Membership]:
    """Return the organization's active members, locked, so that two managers cannot remove each other."""
    rows = models.Membership.objects.select_for_update(of=["self"]).select_related("user")
    return list(rows.filter(organization_id=actor.organization(), is_active=True).order_by("id"))


def _member(actor: Actor, user_uuid: UUID) -> models.Membership:
    """Return one active member of the actor's organization, all of them locked."""
    for row in _locked_members(actor):
        if row.user.uuid == user_uuid:
            return row
    raise NotFound


def _require_manager(actor: Actor) -> None:
    """Refuse a change after which nobody could manage staff."""
    left = models.Membership.objects.filter(
        organization_id=actor.organization(), is_active=True, user__is_active=True
    )
    if not any(Permission.STAFF_MANAGE in permissions_of(row.roles) for row in left):
        raise LastManager


def _record(
    actor: Actor, member: models.Membership, event: str, at: datetime, data: dict[str, object]
) -> None:
    """Write the change into the record of the person."""
    audit.record(
        event=event,
        subject_kind="user",
        subject_uuid=member.user.uuid,
        actor=actor,
        at=at,
        data={"organization": member.organization_id, **data},
    )
