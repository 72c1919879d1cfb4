"""Insurers: added by the operator; their account and office hours are kept by their administrator."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from ols.accounts import models
from ols.accounts.models import OrganizationKind
from ols.accounts.permissions import Permission, Role
from ols.accounts.services.organizations import add_member, create_organization
from ols.accounts.services.staff import welcome
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import identifiers
from ols.kernel.actor import Actor


class InsurerExists(Exception):
    """An insurer with this NIP is on the platform already."""


class OfficeHoursWrong(ValueError):
    """The office closes before it opens: no deadline could be counted."""


@dataclass(frozen=True)
class InsurerData:
    """An insurer as the operator enters it. Office hours are times of the clock in Warsaw."""

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


@use_case
def add_insurer(
    *, actor: Actor, data: InsurerData, administrator: str, administrator_email: str, at: datetime
) -> UUID:
    """Create the insurer with its first administrator, who is invited by e-mail; return its uuid.

    :raises ols.kernel.actor.NotPermitted: the actor does not add organizations
    :raises InsurerExists: the NIP belongs to an insurer already
    :raises OfficeHoursWrong: closing is not after opening
    :raises ols.kernel.identifiers.IdentifierError: the NIP or the account number is none
    """
    actor.require(Permission.ORGANIZATION_ADD)
    _require_hours(data.office_opens, data.office_closes)
    try:
        with transaction.atomic():
            row = create_organization(
                actor=actor,
                kind=OrganizationKind.INSURER,
                name=data.name,
                nip=identifiers.parse_nip(data.nip),
                at=at,
                office_opens=data.office_opens,
                office_closes=data.office_closes,
                **_contact(data),
            )
    except IntegrityError as error:
        raise InsurerExists(data.nip) from error
    user = add_member(
        actor=actor,
        organization_id=row.pk,
        email=administrator_email,
        name=administrator,
        roles=[Role.ADMINISTRATOR],
        at=at,
    )
    welcome(actor=actor, user=user, organization_id=row.pk, at=at)
    return row.uuid


@use_case
def change_own_account(
    *, actor: Actor, iban: str, office_opens: time, office_closes: time, at: datetime
) -> None:
    """Set from which account the insurer pays and by when it answers; both count from now on.

    :raises ols.kernel.actor.NotPermitted: the actor does not manage the organization
    :raises ols.db.errors.NotFound: the actor works for no insurer
    :raises OfficeHoursWrong: closing is not after opening
    :raises ols.kernel.identifiers.IdentifierError: the account number is none
    """
    actor.require(Permission.STAFF_MANAGE)
    _require_hours(office_opens, office_closes)
    row = models.Organization.objects.select_for_update().filter(
        pk=actor.organization(), kind=OrganizationKind.INSURER
    )
    found = row.first()
    if found is None:
        raise NotFound
    row.update(iban=identifiers.parse_nrb(iban), office_opens=office_opens, office_closes=office_closes)
    audit.record(
        event="organization.change",
        subject_kind="organization",
        subject_uuid=found.uuid,
        actor=actor,
        at=at,
        data={
            "iban": [found.iban, identifiers.parse_nrb(iban)],
            "office_hours": f"{office_opens:%H:%M}-{office_closes:%H:%M}",
        },
    )


def _require_hours(opens: time, closes: time) -> None:
    if closes <= opens:
        raise OfficeHoursWrong


def _contact(data: InsurerData) -> dict[str, str]:
    """Return the columns that say where the insurer is found and paid."""
    return {
        "street": data.street,
        "postal_code": data.postal_code,
        "city": data.city,
        "email": data.email,
        "phone": data.phone,
        "iban": identifiers.parse_nrb(data.iban),
    }
