"""Reading organizations and people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ols.accounts import models, permissions
from ols.audit import selectors as audit
from ols.audit.selectors import HistoryRow
from ols.kernel.actor import Actor

_LATEST = 50


@dataclass(frozen=True)
class OrganizationRow:
    """An organization as other packages see it. `iban` holds `PL` + 26 digits or is empty.

    Office hours are times of the clock in Warsaw.
    """

    id: int
    uuid: str
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


@dataclass(frozen=True)
class OrganizationListRow:
    """An organization in the operator's list; `people` counts its active members."""

    uuid: UUID
    kind: str
    name: str
    nip: str
    city: str
    people: int
    created_at: datetime
    status: str


@dataclass(frozen=True)
class OrganizationList:
    """A page of the list and how many there are in all."""

    total: int
    rows: tuple[OrganizationListRow, ...]


@dataclass(frozen=True)
class MembershipRow:
    """One organization a person works for."""

    organization_id: int
    organization_kind: str
    organization_name: str
    roles: tuple[str, ...]


def organization(*, organization_id: int) -> OrganizationRow:
    """Return one organization by its inner id (which the caller has from rows of its own)."""
    return _row(models.Organization.objects.get(pk=organization_id))


def organizations(*, kind: str) -> list[OrganizationRow]:
    """Return the active organizations of a kind in Polish order of names: public facts, for choosing one."""
    rows = models.Organization.objects.filter(kind=kind, is_active=True).order_by("sort_key", "id")
    return [_row(row) for row in rows]


def blocked_providers() -> list[int]:
    """Return the inner ids of the clinics that are not active: few, for leaving them out."""
    return list(
        models.Organization.objects.filter(kind="provider", is_active=False).values_list("pk", flat=True)
    )


def organization_list(
    actor: Actor, *, kind: str, text: str, offset: int, size: int, status: str = ""
) -> OrganizationList:
    """Return a page of all organizations in Polish order, narrowed as `listed` says."""
    rows = listed(actor, kind=kind, text=text, status=status)
    found = tuple(
        OrganizationListRow(
            row.uuid, row.kind, row.name, row.nip, row.city, row.people, row.created_at, row.status
        )
        for row in rows.order_by("sort_key", "id")[offset : offset + size]
    )
    return OrganizationList(rows.count(), found)


def listed(actor: Actor, *, kind: str, text: str, status: str) -> "QuerySet[Any]":
    """Return organizations by kind, status and text (NIP, part of a name), each counting its `people`."""
    actor.require(permissions.Permission.ORGANIZATION_VIEW)
    rows = models.Organization.objects.annotate(
        people=Count("memberships", filter=Q(memberships__is_active=True))
    )
    rows = rows.filter(**{name: value for name, value in (("kind", kind), ("status", status)) if value})
    if text.strip():
        number = "".join(letter for letter in text if letter.isdigit())
        rows = rows.filter(Q(name__icontains=text.strip()) | (Q(nip=number) if number else Q(pk=None)))
    return rows


def provider_by_nip(*, nip: str) -> OrganizationRow | None:
    """Return the provider that joined under the NIP, if any."""
    row = models.Organization.objects.filter(kind=models.OrganizationKind.PROVIDER, nip=nip).first()
    return _row(row) if row else None


def memberships(*, user_id: int) -> list[MembershipRow]:
    """Return the organizations the person may act for, in Polish order of names."""
    rows = (
        models.Membership.objects.filter(user_id=user_id, is_active=True, organization__is_active=True)
        .select_related("organization")
        .order_by("organization__sort_key", "organization_id")
    )
    return [
        MembershipRow(row.organization_id, row.organization.kind, row.organization.name, tuple(row.roles))
        for row in rows
    ]


def member_emails(*, organization_id: int, permission: str) -> list[str]:
    """Return the addresses of the people in the organization who hold the permission (to write to them)."""
    found = emails_of_members(organization_ids=[organization_id], permission=permission)
    return found.get(organization_id, [])


def emails_of_members(*, organization_ids: Collection[int], permission: str) -> dict[int, list[str]]:
    """Return the same for many organizations at once, by their ids; those with nobody are left out."""
    roles = [role for role, held in permissions.ROLE_PERMISSIONS.items() if permission in held]
    rows = models.Membership.objects.filter(
        organization_id__in=list(organization_ids),
        is_active=True,
        user__is_active=True,
        roles__overlap=roles,
    )
    found: dict[int, list[str]] = {}
    for organization_id, address in sorted(rows.values_list("organization_id", "user__email")):
        found.setdefault(organization_id, []).append(address)
    return found


def member_ids(*, organization_id: int, permission: str) -> list[int]:
    """Return the people in the organization who hold the permission (to know whether there is another)."""
    roles = [role for role, held in permissions.ROLE_PERMISSIONS.items() if permission in held]
    found = models.Membership.objects.filter(
        organization_id=organization_id, is_active=True, user__is_active=True, roles__overlap=roles
    )
    return sorted(found.values_list("user_id", flat=True))


def member_names(*, organization_id: int, permission: str) -> list[str]:
    """Return the names of the people who hold the permission: whom to ask when one's own key is missing."""
    roles = [role for role, held in permissions.ROLE_PERMISSIONS.items() if permission in held]
    found = models.Membership.objects.filter(
        organization_id=organization_id, is_active=True, user__is_active=True, roles__overlap=roles
    )
    return sorted(found.values_list("user__name", flat=True))


def actor(*, user: models.User, organization_id: int | None, channel: str, ip: str | None) -> Actor | None:
    """Return who acts: the person in the chosen organization, else in the first one; None without any.

    Read afresh for every request, so that a removed membership ends at once.
    """
    found = memberships(user_id=user.pk)
    chosen = next((row for row in found if row.organization_id == organization_id), None)
    row = chosen or next(iter(found), None)
    if row is None:
        return None
    return Actor(
        user_id=user.pk,
        organization_id=row.organization_id,
        organization_kind=row.organization_kind,
        permissions=permissions.permissions_of(list(row.roles)),
        channel=channel,
        ip=ip,
        name=user.name,
    )


def member_actor(*, user_id: int, organization_id: int, channel: str) -> Actor | None:
    """Return the active person acting for this very organization; None when they do not work for it."""
    user = models.User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    found = actor(user=user, organization_id=organization_id, channel=channel, ip=None)
    return found if found is not None and found.organization_id == organization_id else None


def active_user(*, email: str) -> models.User | None:
    """Return the active person with the address, whatever its case."""
    return models.User.objects.filter(email__iexact=email, is_active=True).first()


def own_email(actor: Actor) -> str:
    """Return the address the actor logs in with."""
    return models.User.objects.get(pk=actor.person()).email


def own_history(actor: Actor) -> list[HistoryRow]:
    """Return the latest events of the actor's own account, newest first."""
    uuid = models.User.objects.get(pk=actor.person()).uuid
    return audit.latest(subject_uuid=uuid, subject="user", most=_LATEST)


def active_person(*, user_id: int) -> models.User | None:
    """Return the active person with the inner id (from a session of ours)."""
    return models.User.objects.filter(pk=user_id, is_active=True).first()


def password_link_user(*, secret: str, at: datetime) -> models.User | None:
    """Return whose password the link's secret may set now; None when unknown, used, expired or superseded."""
    link = (
        models.PasswordLink.objects.select_related("user")
        .filter(secret_sha256=sha256(secret.encode()).hexdigest(), used_at=None, expires_at__gt=at)
        .first()
    )
    if link is None or not link.user.is_active:
        return None
    newer = models.PasswordLink.objects.filter(user=link.user, id__gt=link.pk).exists()
    return None if newer else link.user


def _row(row: models.Organization) -> OrganizationRow:
    """Translate the table's row."""
    return OrganizationRow(
        id=row.pk,
        uuid=str(row.uuid),
        kind=row.kind,
        name=row.name,
        nip=row.nip,
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        email=row.email,
        phone=row.phone,
        iban=row.iban,
        office_opens=row.office_opens,
        office_closes=row.office_closes,
    )
