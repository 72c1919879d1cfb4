"""Named people for tests, made through the services: an operator, insurers with staff, providers with staff.

Everybody is invented and marked "(demo)"; addresses end with example.org.
"""

import functools
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db import transaction
from django.test import Client
from django.utils import timezone

from ols.accounts import factors, permissions, proof
from ols.accounts import models as accounts_models
from ols.accounts import selectors as accounts
from ols.accounts import services as accounts_services
from ols.catalog import services as catalog
from ols.kernel import generated
from ols.kernel.actor import Actor
from ols.registry import services as registry

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Warsaw
TODAY = date(2026, 11, 23)
SYSTEM = Actor.system("test")

ROLES = permissions.ROLES_OF
# Finer roles are given when a test needs them: `Firm.hire`.
PROVIDER_ROLES = (permissions.Role.OWNER, permissions.Role.RECEPTIONIST, permissions.Role.ACCOUNTANT)
FINER_ROLES = {
    permissions.Role.OFFER_REVIEWER,
    permissions.Role.TERMS_EDITOR,
    permissions.Role.NETWORK_VIEWER,
}


def logged_in(person: accounts_models.User, client: Client | None = None) -> Client:
    """Return a browser in which the person has logged in just now, with a second factor."""
    client = client or Client()
    client.force_login(person)
    session = client.session
    proof.note(session, factor=True, at=timezone.now())
    session.save()
    return client


def recovery_codes(person: accounts_models.User) -> list[str]:
    """Return what the person has printed."""
    return factors.own_recovery_codes(Actor(person.pk, None, "person", frozenset(), "web"))


@dataclass
class Firm:
    """An organization with one person for each role of its kind."""

    id: int
    uuid: str
    kind: str
    name: str
    nip: str
    people: dict[str, accounts_models.User] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        """Return the person of the role, acting for the firm through the web."""
        found = accounts.actor(user=self.people[role], organization_id=self.id, channel="web", ip="127.0.0.1")
        assert found is not None
        return found

    def hire(self, role: str) -> None:
        """Add the person of one more role."""
        number = self.name.split()[-2]
        with transaction.atomic():
            self.people[role] = accounts_services.add_member(
                actor=SYSTEM,
                organization_id=self.id,
                email=f"{role}.{self.kind}{number}@example.org",
                name=f"{role.capitalize()} {number} (demo)",
                roles=[role],
                at=AT,
            )

    def client(self, role: str) -> Client:
        """Return a browser in which the person of the role is logged in."""
        return logged_in(self.people[role])


@functools.cache
def _nip(kind: str, number: int) -> str:
    """Return the firm's tax number, the same in every run."""
    return generated.make_nip(random.Random(f"{kind}{number}"))


def firm(kind: str, number: int = 1) -> Firm:
    """Make the number-th organization of a kind with its staff."""
    words = {"operator": "Operator", "insurer": "Towarzystwo Ubezpieczeń", "provider": "Przychodnia"}
    with transaction.atomic():
        row = accounts_services.create_organization(
            actor=SYSTEM,
            kind=kind,
            name=f"{words[kind]} {number} (demo)",
            nip=_nip(kind, number),
            at=AT,
            street="Lipowa 1",
            postal_code="00-001",
            city="Warszawa",
            email=f"{kind}{number}@example.org",
            phone="+48600000010",
        )
        made = Firm(row.pk, str(row.uuid), kind, row.name, row.nip)
    for role in PROVIDER_ROLES if kind == "provider" else ROLES[kind]:
        if role not in FINER_ROLES:
            made.hire(role)
    return made


def starter_catalog() -> None:
    """Put the areas and services in place; a test that commits has lost those of the migrations."""
    with transaction.atomic():
        catalog.load_starter_catalog()


def operator() -> Firm:
    """Make the platform's operator, with the starter catalog in place."""
    starter_catalog()
    return firm("operator")


def insurer(number: int = 1) -> Firm:
    """Make an insurer with a person for each of its roles."""
    return firm("insurer", number)


def provider(number: int = 1) -> Firm:
    """Make a provider with owner, receptionist and accountant, and its facility."""
    made = firm("provider", number)
    data = registry.FacilityData(
        name=made.name,
        street="Lipowa 1",
        postal_code="00-001",
        city="Warszawa",
        phone="+48600000011",
        email=f"clinic{number}@example.org",
    )
    with transaction.atomic():
        registry.create_facility(
            actor=SYSTEM, organization_id=made.id, register_book_no="", data=data, teryt="1465011", at=AT
        )
    return made
