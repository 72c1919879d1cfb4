"""The whole matrix: every status with every action, for contracts and price lists."""

import pytest
from tests import cast

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.states import CONTRACT, PRICE_LIST
from ols.workflow import machine
from ols.workflow.machine import Machine, TransitionRefused

pytestmark = pytest.mark.django_db
EVERYBODY = Actor(
    1,
    None,
    "test",
    frozenset(str(item.permission) for made in (CONTRACT, PRICE_LIST) for item in made.transitions.values()),
    "test",
)


@use_case
def step(made: Machine, row: models.Contract | models.PriceList, action: str) -> None:
    machine.apply(made, row, action, actor=EVERYBODY, at=cast.AT)


@pytest.fixture
def contract() -> models.Contract:
    insurer, provider = cast.insurer(), cast.provider()
    return models.Contract.objects.create(
        number="U/1", insurer_id=insurer.id, provider_id=provider.id, created_at=cast.AT
    )


@pytest.mark.parametrize("made", [CONTRACT, PRICE_LIST], ids=lambda made: made.name)
def test_the_whole_matrix(contract: models.Contract, made: Machine) -> None:
    row: models.Contract | models.PriceList = contract
    if made is PRICE_LIST:
        cast.operator()
        row = models.PriceList.objects.create(
            contract=contract, area_id=_area(), version=1, created_at=cast.AT
        )
    for status in sorted(made.statuses):
        for action, transition in made.transitions.items():
            type(row).objects.filter(pk=row.pk).update(status=status)
            if status in transition.sources:
                step(made, row, action)
                expected = transition.target
            else:
                with pytest.raises(TransitionRefused):
                    step(made, row, action)
                expected = status
            assert type(row).objects.get().status == expected, (status, action)


@pytest.mark.parametrize("made", [CONTRACT, PRICE_LIST], ids=lambda made: made.name)
def test_every_status_can_be_reached(made: Machine) -> None:
    reached = {made.initial}
    for _ in made.statuses:
        reached |= {step.target for step in made.transitions.values() if step.sources & reached}
    assert reached == made.statuses


def test_each_side_has_its_own_buttons() -> None:
    owner, manager = cast.provider().actor(Role.OWNER), cast.insurer().actor(Role.NETWORK_MANAGER)
    assert CONTRACT.actions_from("offered", owner) == ["withdraw"]
    assert CONTRACT.actions_from("offered", manager) == ["accept", "return", "reject"]


def _area() -> int:

    return catalog.area(code="CONS").id
