"""A clinic with its staff at an insurer with two insured people; the clock of the pages stands still."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from tests.claims import world as worlds

from ols.accounts import models as accounts
from ols.accounts import services as accounts_services
from ols.accounts.permissions import Role
from ols.kernel.actor import Actor

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


@dataclass
class Desk:
    """The world of claims, a clock and browsers of people in it."""

    world: worlds.World
    now: object = worlds.AT
    people: dict[tuple[str, int], accounts.User] = field(default_factory=dict)

    def user(self, role: str, number: int = 0) -> accounts.User:
        """Return the person of a role in a clinic."""
        if (role, number) not in self.people:
            with transaction.atomic():
                self.people[role, number] = accounts_services.add_member(
                    actor=Actor.system("test"),
                    organization_id=self.world.providers[number].pk,
                    email=f"{role}{number}@example.org",
                    name=f"{role.capitalize()} {number} (demo)",
                    roles=[role],
                    at=worlds.AT,
                )
        return self.people[role, number]

    def client(self, role: str = Role.RECEPTIONIST, number: int = 0) -> Client:
        """Return a browser in which the person is logged in."""
        client = Client()
        client.force_login(self.user(role, number))
        return client

    def wait(self, **time) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


@pytest.fixture
def desk(db, settings, monkeypatch) -> Desk:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}
    settings.LANGUAGE_CODE = "en"
    settings.LOGIN_URL = "/login/"
    made = Desk(worlds.make())
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    with translation.override("en"):
        yield made


@pytest.fixture
def begin(desk):
    """Return a function that begins a claim by PESEL and returns the address of its desk."""

    def begin(client=None, number=0):
        answer = (client or desk.client()).post("/panel/claims/new/", {"number": worlds.PESELS[number]})
        assert answer.status_code == 302
        return answer["Location"]

    return begin


@pytest.fixture
def decided(desk, begin):
    """Return a function that makes a claim of the services and returns the address of its decision."""

    def decided(*codes, client=None):
        client = client or desk.client()
        address = begin(client)
        lines = {}
        for position, code in enumerate(codes):
            lines |= {f"line-{position}-code": code, f"line-{position}-quantity": "1"}
        day = desk.now.strftime("%d.%m.%Y")
        answer = client.post(address, {"service_date": day, "action": "authorize", **lines})
        assert answer.status_code == 302
        return answer["Location"]

    return decided
