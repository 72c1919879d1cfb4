"""Requests for access: a member asks for a permission, who manages staff grants or declines it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import translation

from ols.accounts import models, selectors
from ols.accounts.permissions import PERMISSION_NAMES, Permission, roles_giving
from ols.accounts.services.staff import give_roles, locked_members, record
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.notifications import services as notifications

MOST_A_DAY = 5


class AskedAlready(Exception):
    """The person's request for this permission waits for an answer."""


class TooManyRequests(Exception):
    """The person has asked for too much within a day."""


class AnsweredAlready(Exception):
    """Somebody else was faster, or the person has got the permission another way."""


@use_case
def request_access(*, actor: Actor, permission: str, at: datetime) -> UUID:
    """Ask those who manage staff for a permission; return the request's uuid.

    :raises ols.db.errors.NotFound: nobody here could have the permission, or the actor has it
    :raises AskedAlready: the same request is open
    :raises TooManyRequests: five within 24 hours
    """
    if actor.has(permission) or not roles_giving(permission, actor.organization_kind):
        raise NotFound
    member = (
        models.Membership.objects.select_for_update(of=["self"])
        .select_related("user", "organization")
        .filter(user_id=actor.person(), organization_id=actor.organization(), is_active=True)
        .first()
    )
    if member is None:
        raise NotFound
    if member.access_requests.filter(permission=permission, answered_at=None).exists():
        raise AskedAlready
    if member.access_requests.filter(asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyRequests
    row = models.AccessRequest.objects.create(membership=member, permission=permission, asked_at=at)
    record(actor, member, "access.request", at, {"permission": permission})
    _write_to_managers(member, permission, at)
    return row.uuid


@use_case
def grant_access(*, actor: Actor, uuid: UUID, role: str, at: datetime) -> None:
    """Give the person the role beside those they have; the permission counts from their next click.

    :raises ols.db.errors.NotFound: no such request here, or the role does not answer it
    :raises AnsweredAlready: there is an answer
    """
    row = _open_request(actor, uuid)
    if role not in roles_giving(row.permission, actor.organization_kind):
        raise NotFound
    give_roles(actor, row.membership, [*row.membership.roles, role], at)
    _answer(actor, row, models.AccessRequest.GRANTED, at)


@use_case
def decline_access(*, actor: Actor, uuid: UUID, at: datetime) -> None:
    """Say no; the person may ask again later.

    :raises ols.db.errors.NotFound: no such request here
    :raises AnsweredAlready: there is an answer
    """
    _answer(actor, _open_request(actor, uuid), models.AccessRequest.DECLINED, at)


def _open_request(actor: Actor, uuid: UUID) -> models.AccessRequest:
    """Return the open request of a member here, everything that an answer changes locked."""
    actor.require(Permission.STAFF_MANAGE)
    members = {member.pk: member for member in locked_members(actor)}
    row = models.AccessRequest.objects.select_for_update().filter(uuid=uuid, membership__in=members).first()
    if row is None:
        raise NotFound
    if row.answered_at is not None:
        raise AnsweredAlready
    row.membership = members[row.membership_id]
    return row


@within_transaction
def _answer(actor: Actor, row: models.AccessRequest, answer: str, at: datetime) -> None:
    """Close the request, write it down and write to the person."""
    row.answered_at, row.answer = at, answer
    row.save(update_fields=["answered_at", "answer"])
    member = row.membership
    event = "access.grant" if answer == models.AccessRequest.GRANTED else "access.decline"
    record(actor, member, event, at, {"permission": row.permission})
    notifications.enqueue_email(
        to=member.user.email,
        template="access_granted" if answer == models.AccessRequest.GRANTED else "access_declined",
        context={
            "name": member.user.name,
            "organization": member.organization.name,
            "permission": _name(row.permission, member.user.language),
            "by": actor.name,
        },
        at=at,
        language=member.user.language,
    )


@within_transaction
def _write_to_managers(member: models.Membership, permission: str, at: datetime) -> None:
    """Promise an e-mail to everybody who may grant the permission."""
    organization_id = member.organization_id
    managers = selectors.member_emails(organization_id=organization_id, permission=Permission.STAFF_MANAGE)
    languages = dict(models.User.objects.filter(email__in=managers).values_list("email", "language"))
    for email in managers:
        notifications.enqueue_email(
            to=email,
            template="access_requested",
            context={
                "person": member.user.name,
                "organization": member.organization.name,
                "permission": _name(permission, languages[email]),
                "workspace": "panel" if member.organization.kind == "provider" else member.organization.kind,
            },
            at=at,
            language=languages[email],
        )


def _name(permission: str, language: str) -> str:
    """Return what the permission is called in the reader's language."""
    with translation.override(language):
        return translation.gettext(PERMISSION_NAMES[permission])
