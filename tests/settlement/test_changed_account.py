"""What a changed account does to money: nothing goes to one that waits, ordered transfers keep theirs."""

from datetime import date

from tests import factories
from tests.settlement import world as settlement_world

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.network import services as network
from ols.settlement import models, services

AT = settlement_world.AT
OWNER_MAY = frozenset({Permission.ACCOUNT_CHANGE})
INSURER_MAY = frozenset({Permission.CONTRACT_REVIEW})


def ordered(world, amount_gr, day):
    """Report, confirm and put into a payment file; return the account it goes to."""
    factories.claim(contract=world.contract, insurer_gr=amount_gr)
    accountant = world.actor("accountant")
    uuid = services.generate_statement(
        actor=accountant,
        insurer_uuid=world.insurer.uuid,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        at=AT,
    )
    services.confirm_statement(actor=accountant, uuid=uuid, at=AT)
    batch = services.prepare_batch(
        actor=world.actor("preparer"), statement_uuids=[uuid], execution_on=day, at=AT
    )
    return batch, models.Payment.objects.get(statement__uuid=uuid).iban


def test_money_follows_the_confirmed_account_only(world):
    day = AT.date()
    clinic, insurer = world.clinic.pk, world.insurer.pk
    owner = Actor(world.users["receptionist"].pk, clinic, "provider", OWNER_MAY, "web", name="A (demo)")
    manager = Actor(world.users["handler"].pk, insurer, "insurer", INSURER_MAY, "web", name="B (demo)")
    first, account = ordered(world, 1000, day)
    assert account == settlement_world.CLINIC_IBAN
    change = network.ask_account_change(
        actor=owner,
        contract_uuid=str(world.contract.uuid),
        iban=settlement_world.OTHER_IBAN,
        reason="Nowy bank",
        at=AT,
    )
    assert ordered(world, 2000, day)[1] == settlement_world.CLINIC_IBAN
    network.confirm_account_change(actor=manager, change_uuid=str(change), at=AT)
    assert ordered(world, 3000, day)[1] == settlement_world.OTHER_IBAN
    services.approve_batch(actor=world.actor("approver"), uuid=first, at=AT)
    assert list(models.Payment.objects.order_by("pk").values_list("iban", flat=True)) == [
        settlement_world.CLINIC_IBAN,
        settlement_world.CLINIC_IBAN,
        settlement_world.OTHER_IBAN,
    ]
