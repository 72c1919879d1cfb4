"""Payment files with four eyes: what may be prepared, approved and ordered, once."""

from datetime import date, timedelta

import pytest
from tests.settlement import world as settlement_world
from tests.settlement.payments import (
    AT,
    TODAY,
    approve,
    balance,
    confirmed,
    file_of,
    prepare,
    status,
)

from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.settlement import models, selectors, services
from ols.settlement.formats import pain001
from ols.workflow.machine import TransitionRefused


def test_who_prepared_cannot_approve(world):
    uuid = confirmed(world, 100)
    batch = prepare(world, uuid, who="both")

    with pytest.raises(services.SamePerson):
        approve(world, batch, who="both")
    assert (status(uuid), balance(world, "clearing")) == ("confirmed", 0)
    with pytest.raises(NotFound):
        file_of(world, batch)

    approve(world, batch)
    assert (status(uuid), balance(world, "clearing")) == ("ordered", 100)


def test_a_file_whose_day_has_passed_is_not_approved(world):
    """No bank takes it, and an approved file is never made anew: its reports would stay unpaid."""
    uuid = confirmed(world, 100)
    batch = prepare(world, uuid)
    late = AT + timedelta(days=4)  # the day after its execution day
    with pytest.raises(services.ExecutionDayRefused):
        services.approve_batch(actor=world.actor("approver"), uuid=batch, at=late)
    assert (status(uuid), balance(world, "clearing")) == ("confirmed", 0)
    services.cancel_batch(actor=world.actor("preparer"), uuid=batch, at=late)
    services.approve_batch(
        actor=world.actor("approver"),
        uuid=prepare(world, uuid),
        at=AT + timedelta(days=3),  # the execution day itself
    )
    assert (status(uuid), balance(world, "clearing")) == ("ordered", 100)


def test_a_second_approval_orders_nothing_twice(world):
    batch = prepare(world, confirmed(world, 100))
    approve(world, batch)

    with pytest.raises(TransitionRefused):
        approve(world, batch, who="both")

    assert balance(world, "clearing") == 100


def test_a_report_is_in_one_file_only_until_that_is_cancelled(world):
    uuid = confirmed(world, 100)
    batch = prepare(world, uuid)
    with pytest.raises(services.StatementNotPayable) as refused:
        prepare(world, uuid)
    assert refused.value.number == "R/2026/11/0001"
    assert selectors.due_statements(world.actor("preparer"), today=TODAY) == []

    services.cancel_batch(actor=world.actor("preparer"), uuid=batch, at=AT)
    second = prepare(world, uuid)
    approve(world, second)

    with pytest.raises(TransitionRefused):
        approve(world, batch)
    with pytest.raises(services.StatementNotPayable):
        prepare(world, uuid)
    assert balance(world, "clearing") == 100


def test_what_cannot_be_prepared(world):
    uuid = confirmed(world, 100)
    settlement_world.make_stranger(world)

    with pytest.raises(services.NothingChosen):
        prepare(world)
    with pytest.raises(services.ExecutionDayRefused):
        prepare(world, uuid, execution_on=date(2026, 11, 22))  # a Sunday
    with pytest.raises(services.ExecutionDayRefused):
        prepare(world, uuid, execution_on=date(2026, 11, 19))  # yesterday
    with pytest.raises(NotFound):
        prepare(world, uuid, who="rival")
    with pytest.raises(NotPermitted):
        prepare(world, uuid, who="approver")
    models.SettlementStatement.objects.update(status="generated")
    with pytest.raises(NotFound):
        prepare(world, uuid)
    assert models.PaymentBatch.objects.count() == 0


def test_an_account_that_cannot_be_paid_to_is_refused_at_once(world):
    uuid = confirmed(world, 100)
    world.contract.iban = "PL00000000000000000000000000"
    world.contract.save()

    with pytest.raises(pain001.PaymentFileRefused):
        prepare(world, uuid)

    assert models.Payment.objects.count() == 0
