"""How far a provider is: the service's terms, and the insurers with its co-operation."""

from dataclasses import dataclass
from datetime import date

from ols.accounts import selectors as accounts
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network.models import TermsKind
from ols.network.selectors import acceptance, cooperation
from ols.network.selectors.standing import Scope, holds


@dataclass(frozen=True)
class InsurerRow:
    """One insurer and the actor's contract with it that is neither rejected nor ended."""

    organization: accounts.OrganizationRow
    contract: cooperation.ContractRow | None
    has_terms: bool


def service_terms_accepted(actor: Actor, *, on: date) -> bool:
    """Say whether the insurance service's terms are accepted (the end of stage II) and that still holds."""
    if actor.organization_id is None:
        return False
    scope = Scope(TermsKind.INSURANCE_SERVICE)
    current = acceptance.current_terms(kind=scope.kind, on=on)
    return current is not None and holds(organization_id=actor.organization_id, scope=scope, on=on)


def insurers(actor: Actor, *, on: date) -> list[InsurerRow]:
    """Return the insurers of the platform in Polish order, each with the actor's co-operation."""
    return [
        InsurerRow(
            organization=row,
            contract=cooperation.open_contract(actor, insurer_id=row.id),
            has_terms=acceptance.current_terms(kind=TermsKind.GENERAL, insurer_id=row.id, on=on) is not None,
        )
        for row in accounts.organizations(kind="insurer")
    ]


def insurer(actor: Actor, *, uuid: str, on: date) -> InsurerRow:
    """Return one insurer with the actor's co-operation.

    :raises ols.db.errors.NotFound: there is no such insurer
    """
    for row in insurers(actor, on=on):
        if row.organization.uuid == uuid:
            return row
    raise NotFound
