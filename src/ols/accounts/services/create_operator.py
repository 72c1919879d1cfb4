"""The beginning of a real installation: the platform's operator and its first person."""

from datetime import datetime

from ols.accounts import models
from ols.accounts.models import OrganizationKind
from ols.accounts.permissions import Role
from ols.accounts.services.organizations import add_member, create_organization
from ols.accounts.services.passwords import issue_password_link
from ols.db.transactions import use_case
from ols.kernel import identifiers
from ols.kernel.actor import Actor


class OperatorExists(Exception):
    """A platform has one operator; its people invite one another."""


@use_case
def create_operator(*, actor: Actor, name: str, nip: str, email: str, person: str, at: datetime) -> str:
    """Create the operator with its first person; return the secret of the person's password link.

    :raises OperatorExists: there is one
    :raises ols.kernel.identifiers.IdentifierError: the NIP is none
    """
    if models.Organization.objects.filter(kind=OrganizationKind.OPERATOR).exists():
        raise OperatorExists
    organization = create_organization(
        actor=actor,
        kind=OrganizationKind.OPERATOR,
        name=name,
        nip=identifiers.parse_nip(nip),
        at=at,
        email=email,
    )
    user = add_member(
        actor=actor, organization_id=organization.pk, email=email, name=person, roles=[Role.OPERATOR], at=at
    )
    return issue_password_link(actor=actor, user=user, template="invitation", at=at)
