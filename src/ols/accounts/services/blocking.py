"""Taking access away and giving it back. Nothing is deleted: roles, data and history stay as they are.

Whoever is blocked is out with the next click: pages and API calls read rights afresh.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ols.accounts import models, selectors, states
from ols.accounts.models import OrganizationKind
from ols.accounts.permissions import Permission, permissions_of
from ols.accounts.services.passwords import issue_password_link
from ols.accounts.services.sessions import end_sessions
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor, NotPermitted
from ols.notifications import services as notifications
from ols.workflow import machine

MAX_REASON = 500


class ReasonMissing(Exception):
    """Nobody loses or regains access without a reason in words."""


class OwnAccess(Exception):
    """Nobody blocks themselves: a colleague does that."""


class OperatorStays(Exception):
    """The platform would be left without its operator, or without anybody who can unblock."""


class PersonBlocked(Exception):
    """A blocked person can do nothing with a link."""


@use_case
def block_organization(*, actor: Actor, organization_uuid: UUID, reason: str, at: datetime) -> None:
    """Shut an organization out: its people can act for it no longer. Its managers get the reason by e-mail.

    :raises kernel.actor.NotPermitted: the actor does not block
    :raises ols.db.errors.NotFound: there is no such organization
    :raises ReasonMissing: no words
    :raises OperatorStays: it is the platform's operator
    :raises workflow.machine.TransitionRefused: it is blocked already
    """
    row = _organization(actor, organization_uuid)
    if row.kind == OrganizationKind.OPERATOR:
        raise OperatorStays
    remark = _words(reason)
    machine.apply(states.ORGANIZATION, row, "block", actor=actor, at=at, remark=remark)
    _write_to_managers(row, "organization_blocked", remark, at)


@use_case
def unblock_organization(*, actor: Actor, organization_uuid: UUID, reason: str, at: datetime) -> None:
    """Let an organization's people in again, each with the roles they had.

    :raises kernel.actor.NotPermitted: the actor does not block
    :raises ols.db.errors.NotFound: there is no such organization
    :raises ReasonMissing: no words
    :raises workflow.machine.TransitionRefused: it is not blocked
    """
    row = _organization(actor, organization_uuid)
    remark = _words(reason)
    machine.apply(states.ORGANIZATION, row, "unblock", actor=actor, at=at, remark=remark)
    _write_to_managers(row, "organization_unblocked", remark, at)


@use_case
def block_person(*, actor: Actor, user_uuid: UUID, reason: str, at: datetime) -> None:
    """Shut a person out of every organization and end their sessions; they get the reason by e-mail.

    :raises kernel.actor.NotPermitted: the actor does not block
    :raises ols.db.errors.NotFound: there is no such person
    :raises ReasonMissing: no words
    :raises OwnAccess: it is the actor
    :raises OperatorStays: no operator who can unblock would be left
    :raises workflow.machine.TransitionRefused: the person is blocked already
    """
    actor.require(Permission.ORGANIZATION_BLOCK)
    _lock_operators(actor)
    user = _person(actor, user_uuid)
    if user.pk == actor.user_id:
        raise OwnAccess
    remark = _words(reason)
    machine.apply(states.PERSON, user, "block", actor=actor, at=at, remark=remark)
    _require_operator_left()
    end_sessions(user)
    _write(user.email, user.language, "person_blocked", {"name": user.name, "reason": remark}, at)


@use_case
def unblock_person(*, actor: Actor, user_uuid: UUID, reason: str, at: datetime) -> None:
    """Let a person in again, with the password, the second factor and the roles they had.

    :raises kernel.actor.NotPermitted: the actor does not block
    :raises ols.db.errors.NotFound: there is no such person
    :raises ReasonMissing: no words
    :raises workflow.machine.TransitionRefused: the person is not blocked
    """
    user = _person(actor, user_uuid)
    remark = _words(reason)
    machine.apply(states.PERSON, user, "unblock", actor=actor, at=at, remark=remark)
    _write(user.email, user.language, "person_unblocked", {"name": user.name, "reason": remark}, at)


@use_case
def send_password_link(*, actor: Actor, user_uuid: UUID, at: datetime) -> None:
    """Send a person a fresh link to set a password; the operator never sees it.

    :raises kernel.actor.NotPermitted: the actor does not block
    :raises ols.db.errors.NotFound: there is no such person
    :raises PersonBlocked: the link would not work
    """
    user = _person(actor, user_uuid)
    if not user.is_active:
        raise PersonBlocked
    issue_password_link(actor=actor, user=user, template="password_link", at=at)


@use_case
def end_sessions_of(*, actor: Actor, user_uuid: UUID, at: datetime) -> None:
    """End every session of a person, who is told by e-mail and logs in again.

    :raises kernel.actor.NotPermitted: the actor does not block
    :raises ols.db.errors.NotFound: there is no such person
    """
    user = _person(actor, user_uuid)
    end_sessions(user)
    audit.record(event="user.end_sessions", subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at)
    _write(user.email, user.language, "sessions_ended", {"name": user.name}, at)


def _organization(actor: Actor, uuid: UUID) -> models.Organization:
    actor.require(Permission.ORGANIZATION_BLOCK)
    row = models.Organization.objects.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _person(actor: Actor, uuid: UUID) -> models.User:
    actor.require(Permission.ORGANIZATION_BLOCK)
    user = models.User.objects.filter(uuid=uuid).first()
    if user is None:
        raise NotFound
    return user


def _words(reason: str) -> str:
    """Return the reason without the space around it; refuse an empty one."""
    words = reason.strip()
    if not words:
        raise ReasonMissing
    return words[:MAX_REASON]


def _operators() -> "QuerySet[models.Membership]":
    """Return the places of people at the operator."""
    return models.Membership.objects.filter(organization__kind=OrganizationKind.OPERATOR, is_active=True)


def _lock_operators(actor: Actor) -> None:
    """Let one change of the operator's people wait for the other: two operators cannot block each other.

    :raises kernel.actor.NotPermitted: the actor was blocked or removed while waiting
    """
    list(_operators().select_for_update(of=["self"]).order_by("id"))
    still = _operators().filter(user_id=actor.user_id or 0, user__status=states.AccessStatus.ACTIVE)
    if actor.user_id is not None and not still.exists():
        raise NotPermitted(Permission.ORGANIZATION_BLOCK)


def _require_operator_left() -> None:
    """Refuse a change after which nobody could undo it."""
    left = _operators().filter(user__status=states.AccessStatus.ACTIVE)
    if not any(Permission.ORGANIZATION_BLOCK in permissions_of(row.roles) for row in left):
        raise OperatorStays


def _write_to_managers(row: models.Organization, template: str, reason: str, at: datetime) -> None:
    """Write to everybody who manages the organization's staff."""
    addresses = selectors.member_emails(organization_id=row.pk, permission=Permission.STAFF_MANAGE)
    for user in models.User.objects.filter(email__in=addresses).order_by("id"):
        context = {"name": user.name, "organization": row.name, "reason": reason}
        _write(user.email, user.language, template, context, at)


def _write(to: str, language: str, template: str, context: Mapping[str, object], at: datetime) -> None:
    notifications.enqueue_email(to=to, template=template, context=context, at=at, language=language)
