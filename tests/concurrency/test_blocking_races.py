"""Two operators who block each other at the same moment: one of them stays, whatever the timing."""

import threading

import pytest
from django.db import transaction
from django.db.models import QuerySet
from tests import cast
from tests.together import at_once

from ols.accounts import models, services
from ols.accounts.services import blocking
from ols.kernel.actor import NotPermitted

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def operators(transactional_db) -> tuple[cast.Firm, list[models.User]]:
    firm = cast.firm("operator")
    with transaction.atomic():
        second = services.add_member(
            actor=cast.SYSTEM,
            organization_id=firm.id,
            email="second@example.org",
            name="Drugi Operator (demo)",
            roles=["operator"],
            at=cast.AT,
        )
    return firm, [firm.people["operator"], second]


def unlocked(monkeypatch) -> None:
    """Plant the fault: nobody waits for the other, and both look before either has committed."""
    gate = threading.Barrier(2)
    original = blocking._require_operator_left

    def together() -> None:
        original()
        gate.wait(timeout=30)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr(blocking, "_require_operator_left", together)


@pytest.mark.parametrize("is_planted", [False, True])
def test_two_operators_cannot_block_each_other(operators, monkeypatch, is_planted) -> None:
    firm, people = operators
    firm.people["second"] = people[1]
    actors = [firm.actor("operator"), firm.actor("second")]
    if is_planted:
        unlocked(monkeypatch)

    def work(actor: cast.Actor, other: models.User):
        return lambda: services.block_person(actor=actor, user_uuid=other.uuid, reason="Spór.", at=cast.AT)

    found = at_once(work(actors[0], people[1]), work(actors[1], people[0]))
    left = models.User.objects.filter(status="active").count()
    if is_planted:
        assert left == 0  # the same machinery sees the platform without an operator
        return
    assert left == 1
    assert sum(answer is None for answer in found) == 1
    assert sum(isinstance(answer, NotPermitted) for answer in found) == 1
