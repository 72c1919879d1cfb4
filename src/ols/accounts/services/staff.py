"""Staff of an organization: invited, given roles, removed by whoever manages staff there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ols.accounts import models
from ols.accounts.permissions import Permission, permissions_of, roles_of
from ols.accounts.services.organizations import add_member
from ols.accounts.services.passwords import issue_password_link
from ols.accounts.services.sessions import end_sessions
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.notifications import services as notifications

RESEND_AFTER = timedelta(minutes=1)


class LastManager(Exception):
    """Nobody would be left who can manage staff: the organization would be locked out."""


class RoleOfOtherKind(Exception):
    """A role that organizations of this kind do not have, or no role at all."""


class WorksHereAlready(Exception):
    """The person is a member: their roles are changed, not invited a second time."""


class InvitationUsed(Exception):
    """The invited person has set a password: there is no invitation left to send or to withdraw."""


class SentJustNow(Exception):
    """The last invitation left less than a minute ago."""


@use_case
def invite_member(*, actor: Actor, email: str, name: str, roles: Sequence[str], at: datetime) -> UUID:
    """Give a person the roles in the actor's organization and write to them; return the person's uuid.

    Who never had a password gets a link to set one; who works elsewhere already keeps theirs.

    :raises kernel.actor.NotPermitted: the actor does not manage staff
    :raises RoleOfOtherKind: a role of another kind of organization, or none
    :raises WorksHereAlready: the address is a member's
    """
    actor.require(Permission.STAFF_MANAGE)
    _require_roles(actor, roles)
    if any(row.user.email.lower() == email.strip().lower() for row in locked_members(actor)):
        raise WorksHereAlready
    user = add_member(
        actor=actor, organization_id=actor.organization(), email=email, name=name, roles=roles, at=at
    )
    welcome(actor=actor, user=user, organization_id=actor.organization(), at=at)
    return user.uuid


@within_transaction
def welcome(*, actor: Actor, user: models.User, organization_id: int, at: datetime) -> None:
    """Write to a new member: a link to set a password, or for who has one that there is more to choose."""
    organization = models.Organization.objects.get(pk=organization_id)
    if not user.has_usable_password():
        issue_password_link(
            actor=actor, user=user, template="invitation", at=at, about=organization.name, by=actor.name
        )
        return
    notifications.enqueue_email(
        to=user.email,
        template="added_to_organization",
        context={"name": user.name, "organization": organization.name},
        at=at,
        language=user.language,
    )


@use_case
def resend_invitation(*, actor: Actor, user_uuid: UUID, at: datetime) -> None:
    """Send a fresh link to an invited person; every older one stops working.

    :raises ols.db.errors.NotFound: no such active member of the actor's organization
    :raises InvitationUsed: the person has a password already
    :raises SentJustNow: the last one left less than a minute ago
    """
    actor.require(Permission.STAFF_MANAGE)
    member = _invited(actor, user_uuid)
    if models.PasswordLink.objects.filter(user=member.user, created_at__gt=at - RESEND_AFTER).exists():
        raise SentJustNow
    welcome(actor=actor, user=member.user, organization_id=actor.organization(), at=at)
    record(actor, member, "membership.invite_again", at, {})


@use_case
def withdraw_invitation(*, actor: Actor, user_uuid: UUID, at: datetime) -> None:
    """Take an invitation back: its link stops working, unless another organization counts on it too.

    :raises ols.db.errors.NotFound: no such active member of the actor's organization
    :raises InvitationUsed: the person has a password already and has to be removed
    :raises LastManager: nobody else manages staff
    """
    actor.require(Permission.STAFF_MANAGE)
    member = _invited(actor, user_uuid)
    _end(actor, member, at)
    record(actor, member, "membership.withdraw", at, {"before": member.roles})


@use_case
def change_roles(*, actor: Actor, user_uuid: UUID, roles: Sequence[str], at: datetime) -> None:
    """Give a member exactly these roles; they count from the person's next click.

    :raises ols.db.errors.NotFound: no such active member of the actor's organization
    :raises RoleOfOtherKind: a role of another kind of organization, or none
    :raises LastManager: the last one who manages staff would lose that
    """
    actor.require(Permission.STAFF_MANAGE)
    _require_roles(actor, roles)
    give_roles(actor, _member(actor, user_uuid), roles, at)
    _require_manager(actor)


@within_transaction
def give_roles(actor: Actor, member: models.Membership, roles: Sequence[str], at: datetime) -> None:
    """Write the roles and the event; open requests for what the person holds now are answered by that."""
    before = member.roles
    member.roles = list(roles)
    member.save(update_fields=["roles"])
    record(actor, member, "membership.change", at, {"roles": list(roles), "before": before})
    held = permissions_of(member.roles)
    member.access_requests.filter(answered_at=None, permission__in=held).update(
        answered_at=at, answer=models.AccessRequest.GRANTED
    )


@use_case
def remove_member(*, actor: Actor, user_uuid: UUID, at: datetime) -> None:
    """End a membership and every session of the person at once, and write to them.

    Who works elsewhere too logs in again there.

    :raises ols.db.errors.NotFound: no such active member of the actor's organization
    :raises LastManager: the last one who manages staff cannot be removed
    """
    actor.require(Permission.STAFF_MANAGE)
    member = _member(actor, user_uuid)
    _end(actor, member, at)
    record(actor, member, "membership.remove", at, {"before": member.roles})
    notifications.enqueue_email(
        to=member.user.email,
        template="removed_from_organization",
        context={"name": member.user.name, "organization": member.organization.name},
        at=at,
        language=member.user.language,
    )


def _end(actor: Actor, member: models.Membership, at: datetime) -> None:
    """Take away the membership with all that hangs on it: sessions, open links, open requests."""
    member.is_active = False
    member.save(update_fields=["is_active"])
    _require_manager(actor)
    member.access_requests.filter(answered_at=None).update(answered_at=at, answer=models.AccessRequest.LAPSED)
    if not models.Membership.objects.filter(user=member.user, is_active=True).exists():
        models.PasswordLink.objects.filter(user=member.user, used_at=None, expires_at__gt=at).update(
            expires_at=at
        )
    end_sessions(member.user)


def _require_roles(actor: Actor, roles: Sequence[str]) -> None:
    """Refuse roles that organizations of the actor's kind do not have."""
    if not roles or set(roles) - set(roles_of(actor.organization_kind)):
        raise RoleOfOtherKind


def locked_members(actor: Actor) -> list[models.Membership]:
    """Return the organization's active members, locked, so that two managers cannot remove each other."""
    rows = models.Membership.objects.select_for_update(of=["self"]).select_related("user", "organization")
    return list(rows.filter(organization_id=actor.organization(), is_active=True).order_by("id"))


def _member(actor: Actor, user_uuid: UUID) -> models.Membership:
    """Return one active member of the actor's organization, all of them locked."""
    for row in locked_members(actor):
        if row.user.uuid == user_uuid:
            return row
    raise NotFound


def _invited(actor: Actor, user_uuid: UUID) -> models.Membership:
    """Return a member who has not used the invitation yet."""
    member = _member(actor, user_uuid)
    if member.user.has_usable_password():
        raise InvitationUsed
    return member


def _require_manager(actor: Actor) -> None:
    """Refuse a change after which nobody could manage staff."""
    left = models.Membership.objects.filter(
        organization_id=actor.organization(), is_active=True, user__is_active=True
    )
    if not any(Permission.STAFF_MANAGE in permissions_of(row.roles) for row in left):
        raise LastManager


def record(
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
