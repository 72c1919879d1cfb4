"""What the operator sees of organizations and their people, to help them or to shut them out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q

from ols.accounts import models, permissions
from ols.accounts.permissions import Permission
from ols.accounts.states import ORGANIZATION, PERSON, AccessStatus
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.kernel.sortkey import polish_sort_key

# Codes for a rainy day help only beside a factor of another kind.
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


_MEANT = 50


@dataclass(frozen=True)
class Overseen:
    """An organization with its status; `actions` is what the actor may do to it now."""

    id: int
    uuid: UUID
    kind: str
    name: str
    nip: str
    street: str
    postal_code: str
    city: str
    email: str
    phone: str
    iban: str
    office_opens: time
    office_closes: time
    status: str
    created_at: datetime
    reason: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class PersonRow:
    """A person at one organization. `has_left`: they work there no more."""

    uuid: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    status: str
    has_left: bool
    has_password: bool
    last_login: datetime | None
    has_second_factor: bool
    open_sessions: int


@dataclass(frozen=True)
class PlaceRow:
    """One organization a person works or worked for."""

    organization_uuid: UUID
    organization_name: str
    organization_kind: str
    organization_status: str
    roles: tuple[str, ...]
    has_left: bool


@dataclass(frozen=True)
class PersonDetail:
    """A person with everything the operator needs to help; `actions` is what the actor may do now."""

    id: int
    uuid: UUID
    name: str
    email: str
    phone: str
    status: str
    created_at: datetime
    has_password: bool
    last_login: datetime | None
    has_second_factor: bool
    open_sessions: int
    reason: str
    places: tuple[PlaceRow, ...]
    actions: tuple[str, ...]
    history: tuple[audit.HistoryRow, ...]


@dataclass(frozen=True)
class ClosedDoor:
    """Why somebody who knows their password cannot enter: blocked themselves, or these organizations are."""

    is_person: bool
    organizations: tuple[str, ...]


def organization(actor: Actor, *, uuid: UUID) -> Overseen:
    """Return one organization of any kind.

    :raises ols.db.errors.NotFound: there is none
    """
    actor.require(Permission.ORGANIZATION_VIEW)
    row = models.Organization.objects.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    plain = {
        name: getattr(row, name)
        for name in Overseen.__dataclass_fields__
        if name not in {"id", "reason", "actions"}
    }
    # The platform without its operator could be mended by nobody.
    actions = (
        () if row.kind == models.OrganizationKind.OPERATOR else ORGANIZATION.actions_from(row.status, actor)
    )
    return Overseen(id=row.pk, reason=_reason(row), actions=tuple(actions), **plain)


def organization_history(actor: Actor, *, uuid: UUID) -> list[audit.HistoryRow]:
    """Return what happened to the organization itself, oldest first."""
    return audit.history(subject_uuid=organization(actor, uuid=uuid).uuid)


def people(actor: Actor, *, organization_id: int, at: datetime) -> list[PersonRow]:
    """Return everybody who works or worked at the organization: those who do first, in Polish order."""
    actor.require(Permission.ORGANIZATION_VIEW)
    rows = list(models.Membership.objects.filter(organization_id=organization_id).select_related("user"))
    ids = [row.user_id for row in rows]
    guarded, sessions = _guarded(ids), _open_sessions(ids, at)
    found = [
        PersonRow(
            uuid=row.user.uuid,
            name=row.user.name,
            email=row.user.email,
            roles=_ordered(row.roles),
            status=row.user.status,
            has_left=not row.is_active,
            has_password=row.user.has_usable_password(),
            last_login=row.user.last_login,
            has_second_factor=row.user_id in guarded,
            open_sessions=sessions.get(row.user_id, 0),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.has_left, polish_sort_key(row.name), row.email))


def person(actor: Actor, *, uuid: UUID, at: datetime) -> PersonDetail:
    """Return one person, whoever they work for.

    :raises ols.db.errors.NotFound: there is none
    """
    actor.require(Permission.ORGANIZATION_VIEW)
    user = models.User.objects.filter(uuid=uuid).first()
    if user is None:
        raise NotFound
    places = user.memberships.select_related("organization").order_by("organization__sort_key", "id")
    return PersonDetail(
        id=user.pk,
        uuid=user.uuid,
        name=user.name,
        email=user.email,
        phone=user.phone,
        status=user.status,
        created_at=user.created_at,
        has_password=user.has_usable_password(),
        last_login=user.last_login,
        has_second_factor=bool(_guarded([user.pk])),
        open_sessions=_open_sessions([user.pk], at).get(user.pk, 0),
        reason=_reason(user),
        places=tuple(_place(row) for row in places),
        actions=tuple(_person_actions(actor, user)),
        history=tuple(audit.history(subject_uuid=user.uuid)),
    )


def closed_door(*, user_id: int) -> ClosedDoor:
    """Return why the person finds no way in; they may know that of themselves."""
    user = models.User.objects.get(pk=user_id)
    rows = user.memberships.filter(is_active=True, organization__status=AccessStatus.BLOCKED)
    names = rows.order_by("organization__sort_key").values_list("organization__name", flat=True)
    return ClosedDoor(not user.is_active, tuple(names))


def organization_ids(actor: Actor, *, text: str) -> tuple[int, ...]:
    """Return the organizations a NIP or a part of a name means, for narrowing the log (50 at most)."""
    actor.require(Permission.AUDIT_VIEW)
    number = "".join(letter for letter in text if letter.isdigit())
    wanted = Q(name__icontains=text.strip()) | (Q(nip=number) if number else Q(pk=None))
    return tuple(models.Organization.objects.filter(wanted).values_list("pk", flat=True)[:_MEANT])


def person_ids(actor: Actor, *, text: str) -> tuple[int, ...]:
    """Return the people an e-mail address or a part of a name means, for narrowing the log (50 at most)."""
    actor.require(Permission.AUDIT_VIEW)
    wanted = Q(email__iexact=text.strip()) | Q(name__icontains=text.strip())
    return tuple(models.User.objects.filter(wanted).values_list("pk", flat=True)[:_MEANT])


def organization_names(actor: Actor, *, ids: Collection[int]) -> dict[int, str]:
    """Return names by inner ids, for rows of the log."""
    actor.require(Permission.AUDIT_VIEW)
    return dict(models.Organization.objects.filter(pk__in=ids).values_list("pk", "name"))


def _person_actions(actor: Actor, user: models.User) -> list[str]:
    """Return the buttons of the person's page; one's own access is a colleague's matter."""
    if not actor.has(Permission.ORGANIZATION_BLOCK):
        return []
    if user.pk == actor.user_id:
        return [*(["link"] if user.is_active else []), "sessions"]
    can_reset = actor.has(Permission.STAFF_MANAGE) and bool(_guarded([user.pk]))
    return [
        *PERSON.actions_from(user.status, actor),
        *(["link"] if user.is_active else []),
        *(["reset"] if can_reset else []),
        "sessions",
    ]


def _place(row: models.Membership) -> PlaceRow:
    firm = row.organization
    return PlaceRow(firm.uuid, firm.name, firm.kind, firm.status, _ordered(row.roles), not row.is_active)


def _ordered(roles: list[str]) -> tuple[str, ...]:
    return tuple(role for role in permissions.ROLE_PERMISSIONS if role in roles)


def _reason(row: models.Organization | models.User) -> str:
    """Return the words with which access was taken away; empty while there is access."""
    if row.status == AccessStatus.ACTIVE:
        return ""
    steps = [step for step in audit.history(subject_uuid=row.uuid) if step.event.endswith(".block")]
    return steps[-1].remark if steps else ""


def _guarded(user_ids: list[int]) -> set[int]:
    """Return who of the people has a second factor."""
    rows = Authenticator.objects.filter(user_id__in=user_ids, type__in=_FACTORS)
    return set(rows.values_list("user_id", flat=True))


def _open_sessions(user_ids: list[int], at: datetime) -> dict[int, int]:
    """Return how many open sessions each of the people has."""
    noted = dict(UserSession.objects.filter(user_id__in=user_ids).values_list("session_key", "user_id"))
    open_now = Session.objects.filter(Q(session_key__in=noted), expire_date__gt=at)
    counts: dict[int, int] = {}
    for key in open_now.values_list("session_key", flat=True):
        counts[noted[key]] = counts.get(noted[key], 0) + 1
    return counts
