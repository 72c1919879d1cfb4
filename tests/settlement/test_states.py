"""The whole matrix: every action from every status, with every permission and with none."""

import pytest
from tests import factories
from tests.settlement import world as settlement_world

from ols.accounts.permissions import Permission as Key
from ols.kernel.actor import Actor, NotPermitted
from ols.settlement import models, states
from ols.workflow import machine

ALLOWED = {
    "confirm": {"generated"},
    "discard": {"generated"},
    "order": {"confirmed", "returned"},
    "pay": {"ordered"},
    "bounce": {"paid"},
}
KEYS = frozenset({Key.SETTLEMENT_CONFIRM, Key.PAYMENT_PREPARE, Key.PAYMENT_APPROVE, Key.BANK_IMPORT})
AT = settlement_world.AT


@pytest.fixture
def row(world):
    day = AT.date()
    return models.SettlementStatement.objects.create(
        number="R/2026/11/0001",
        insurer=world.insurer,
        provider=world.clinic,
        contract=factories.contract(insurer=world.insurer, provider=world.clinic, iban="", status="ended"),
        period_from=day,
        period_to=day,
        claim_count=0,
        total_gr=0,
        created_at=AT,
    )


@pytest.mark.parametrize("status", sorted(states.STATEMENT.statuses))
@pytest.mark.parametrize("action", sorted(states.STATEMENT.transitions))
def test_a_report_moves_only_as_drawn(row, status, action):
    models.SettlementStatement.objects.update(status=status)
    actor = Actor.system("test", permissions=KEYS)
    if status in ALLOWED[action]:
        machine.apply(states.STATEMENT, row, action, actor=actor, at=AT)
        row.refresh_from_db()
        assert row.status == states.STATEMENT.transitions[action].target
    else:
        with pytest.raises(machine.TransitionRefused):
            machine.apply(states.STATEMENT, row, action, actor=actor, at=AT)
        row.refresh_from_db()
        assert row.status == status
    with pytest.raises(NotPermitted):
        machine.apply(states.STATEMENT, row, action, actor=Actor.system("test"), at=AT)


@pytest.mark.parametrize("drawn", [states.STATEMENT, states.BATCH])
def test_every_status_can_be_reached(drawn):
    reached, before = {drawn.initial}, set()
    while reached != before:
        before = set(reached)
        reached |= {step.target for step in drawn.transitions.values() if step.sources & reached}
    assert reached == drawn.statuses
