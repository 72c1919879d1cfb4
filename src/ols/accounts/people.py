"""Reading the people of one organization: what each may do, invitations, requests, what was changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ols.accounts import factors, models, permissions
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.kernel.sortkey import polish_sort_key


class Invitation:
    """Where a person's invitation stands."""

    SENT = "sent"
    EXPIRED = "expired"
    USED = "used"


@dataclass(frozen=True)
class StaffRow:
    """One person in an organization's staff list.

    `invited_at` and `link_until` are of the last invitation (None when it was used long ago or never
    needed); `entered_at` is when the person last began to work here; `has_factor` says that the password
    alone does not let anybody in.
    """

    uuid: UUID
    user_id: int
    name: str
    email: str
    roles: tuple[str, ...]
    invitation: str
    invited_at: datetime | None
    link_until: datetime | None
    entered_at: datetime | None
    has_factor: bool

    @property
    def permissions(self) -> frozenset[str]:
        """What the roles allow."""
        return permissions.permissions_of(list(self.roles))


@dataclass(frozen=True)
class RequestRow:
    """An open request for access: who asks for what, and which roles would give it."""

    uuid: UUID
    person: str
    person_uuid: UUID
    permission: str
    roles: tuple[str, ...]
    asked_at: datetime


@dataclass(frozen=True)
class StaffEvent:
    """One change of somebody's place here; `roles` are those after it, `before` those until then."""

    at: datetime
    event: str
    person: str
    by: str
    roles: tuple[str, ...]
    before: tuple[str, ...]
    permission: str


def staff(actor: Actor, *, at: datetime) -> list[StaffRow]:
    """Return the active members of the actor's organization in Polish order of names."""
    actor.require(permissions.Permission.STAFF_MANAGE)
    rows = list(_members(actor).filter(is_active=True))
    invited = [row.user_id for row in rows if not row.user.has_usable_password()]
    links: dict[int, models.PasswordLink] = {}
    for link in models.PasswordLink.objects.filter(user_id__in=invited).order_by("id"):
        links[link.user_id] = link
    guarded = factors.people_with_factor(user_uuids=[row.user.uuid for row in rows])
    found = [_staff(row, links.get(row.user_id), guarded, at) for row in rows]
    return sorted(found, key=lambda row: (polish_sort_key(row.name), row.email))


def member(actor: Actor, *, user_uuid: UUID, at: datetime) -> StaffRow:
    """Return one active member of the actor's organization.

    :raises ols.db.errors.NotFound: nobody with this identity works there
    """
    actor.require(permissions.Permission.STAFF_MANAGE)
    row = _members(actor).filter(is_active=True, user__uuid=user_uuid).first()
    if row is None:
        raise NotFound
    link = models.PasswordLink.objects.filter(user=row.user).order_by("-id").first()
    return _staff(row, link, factors.people_with_factor(user_uuids=[user_uuid]), at)


def manager_count(actor: Actor) -> int:
    """Return how many people manage the organization's staff."""
    roles = [row.roles for row in _members(actor).filter(is_active=True, user__is_active=True)]
    return sum(permissions.Permission.STAFF_MANAGE in permissions.permissions_of(held) for held in roles)


def holders(actor: Actor) -> dict[str, list[str]]:
    """Return for every permission of the actor's organization the names of those who hold it: whom to ask."""
    found: dict[str, list[str]] = {}
    rows = _members(actor).filter(is_active=True, user__is_active=True).order_by("user__name", "id")
    for row in rows:
        for permission in permissions.permissions_of(row.roles):
            found.setdefault(permission, []).append(row.user.name)
    return found


def open_requests(actor: Actor) -> list[RequestRow]:
    """Return the requests for access that wait for an answer, the oldest first."""
    actor.require(permissions.Permission.STAFF_MANAGE)
    rows = models.AccessRequest.objects.filter(
        membership__organization_id=actor.organization(), membership__is_active=True, answered_at=None
    ).select_related("membership__user")
    return [
        RequestRow(
            row.uuid,
            row.membership.user.name,
            row.membership.user.uuid,
            row.permission,
            permissions.roles_giving(row.permission, actor.organization_kind),
            row.asked_at,
        )
        for row in rows.order_by("asked_at", "id")
    ]


def open_request_count(actor: Actor) -> int:
    """Return how many requests for access wait in the actor's organization."""
    return models.AccessRequest.objects.filter(
        membership__organization_id=actor.organization(), membership__is_active=True, answered_at=None
    ).count()


def own_open_request(actor: Actor, *, permission: str) -> datetime | None:
    """Return when the actor asked for the permission, while nobody has answered."""
    return (
        models.AccessRequest.objects.filter(
            membership__organization_id=actor.organization(),
            membership__user_id=actor.person(),
            permission=permission,
            answered_at=None,
        )
        .values_list("asked_at", flat=True)
        .first()
    )


def staff_history(actor: Actor, *, limit: int = 200) -> list[StaffEvent]:
    """Return the newest changes of who works here and may do what, the newest first."""
    actor.require(permissions.Permission.STAFF_MANAGE)
    names = {row.user.uuid: row.user.name for row in _members(actor)}
    rows = audit.newest_in_organization(
        subject_uuids=list(names),
        prefixes=("membership.", "access."),
        organization_id=actor.organization(),
        limit=limit,
    )
    return [
        StaffEvent(
            at=row.at,
            event=row.event,
            person=names[row.subject_uuid],
            by=row.actor_name,
            roles=_texts(row.data.get("roles")),
            before=_texts(row.data.get("before")),
            permission=str(row.data.get("permission", "")),
        )
        for row in rows
    ]


def _members(actor: Actor) -> "QuerySet[models.Membership]":
    """Return everybody who works or worked for the actor's organization."""
    return models.Membership.objects.filter(organization_id=actor.organization()).select_related("user")


def _staff(
    row: models.Membership, link: models.PasswordLink | None, guarded: frozenset[UUID], at: datetime
) -> StaffRow:
    """Translate one membership."""
    user = row.user
    if user.has_usable_password():
        invitation = Invitation.USED
    elif link is not None and link.used_at is None and link.expires_at > at:
        invitation = Invitation.SENT
    else:
        invitation = Invitation.EXPIRED
    return StaffRow(
        uuid=user.uuid,
        user_id=user.pk,
        name=user.name,
        email=user.email,
        roles=tuple(role for role in permissions.ROLE_PERMISSIONS if role in row.roles),
        invitation=invitation,
        invited_at=link.created_at if link else None,
        link_until=link.expires_at if link else None,
        entered_at=row.entered_at,
        has_factor=user.uuid in guarded,
    )


def _texts(value: object) -> tuple[str, ...]:
    """Return a list of the event's data as texts."""
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
