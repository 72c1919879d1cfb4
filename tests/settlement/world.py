"""One insurer with its finance people and one clinic with its own, ready to settle."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client
from tests import cast, factories

from ols.accounts import models as accounts
from ols.accounts import selectors, services
from ols.accounts.permissions import Role
from ols.db import transactions
from ols.kernel.actor import Actor
from ols.network import models as network

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
INSURER_IBAN = "PL61109010140000071219812874"
CLINIC_IBAN = "PL27114020040000300201355387"
OTHER_IBAN = "PL60102010260000042270201111"


@dataclass(frozen=True)
class World:
    insurer: accounts.Organization
    clinic: accounts.Organization
    contract: network.Contract
    users: dict[str, accounts.User]

    def actor(self, who: str, organization: accounts.Organization | None = None) -> Actor:
        found = selectors.actor(
            user=self.users[who],
            organization_id=organization.pk if organization else None,
            channel="web",
            ip=None,
        )
        assert found is not None
        return found

    def client(self, who: str) -> Client:
        """Return a browser in which the person is logged in."""
        return cast.logged_in(self.users[who])


@transactions.use_case
def make() -> World:
    insurer = _organization("insurer", "TU Przykładowe S.A. (demo)", "1111111111", INSURER_IBAN)
    clinic = _organization("provider", "Przychodnia Żuraw (demo)", "1234563218", "")
    users = {
        "preparer": _member(insurer, "preparer", Role.FINANCE_PREPARER),
        "approver": _member(insurer, "approver", Role.FINANCE_APPROVER),
        "both": _member(insurer, "both", Role.FINANCE_PREPARER, Role.FINANCE_APPROVER),
        "handler": _member(insurer, "handler", Role.CLAIMS_HANDLER),
        "accountant": _member(clinic, "accountant", Role.ACCOUNTANT),
        "receptionist": _member(clinic, "receptionist", Role.RECEPTIONIST),
    }
    contract = factories.contract(insurer=insurer, provider=clinic, iban=CLINIC_IBAN)
    return World(insurer, clinic, contract, users)


@transactions.use_case
def make_stranger(world: World) -> network.Contract:
    """Add another clinic (user "stranger") and another insurer (user "rival") to the world."""
    clinic = _organization("provider", "Przychodnia Bocian (demo)", "5260001246", "")
    rival = _organization("insurer", "TU Inne S.A. (demo)", "5213017228", OTHER_IBAN)
    world.users["stranger"] = _member(clinic, "stranger", Role.ACCOUNTANT)
    world.users["rival"] = _member(rival, "rival", Role.FINANCE_PREPARER, Role.FINANCE_APPROVER)
    return factories.contract(insurer=world.insurer, provider=clinic, iban=OTHER_IBAN)


def _organization(kind: str, name: str, nip: str, iban: str) -> accounts.Organization:
    return services.create_organization(
        actor=Actor.system("command"),
        kind=kind,
        name=name,
        nip=nip,
        at=AT,
        street="ul. Przykładowa 1",
        postal_code="80-001",
        city="Gdańsk",
        iban=iban,
    )


def _member(organization: accounts.Organization, name: str, *roles: str) -> accounts.User:
    return services.add_member(
        actor=Actor.system("command"),
        organization_id=organization.pk,
        email=f"{name}@example.org",
        name=f"{name.title()} (demo)",
        roles=list(roles),
        at=AT,
    )
