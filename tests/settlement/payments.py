"""What tests of payments do: confirm reports, prepare and approve a file, take in what the bank says."""

from datetime import date, timedelta

from tests import factories
from tests.settlement import world as settlement_world

from ols.documents import selectors as documents
from ols.ledger import selectors as ledger
from ols.settlement import models, selectors, services

AT = settlement_world.AT
TODAY = date(2026, 11, 20)
EXECUTION = date(2026, 11, 23)


def confirmed(world, *amounts, contract=None, who="accountant"):
    """Return the uuid of a confirmed report over claims of these amounts."""
    for amount in amounts:
        factories.claim(contract=contract or world.contract, insurer_gr=amount)
    actor = world.actor(who)
    uuid = services.generate_statement(
        actor=actor,
        insurer_uuid=world.insurer.uuid,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        at=AT,
    )
    services.confirm_statement(actor=actor, uuid=uuid, at=AT)
    return uuid


def prepare(world, *uuids, who="preparer", execution_on=EXECUTION):
    return services.prepare_batch(
        actor=world.actor(who), statement_uuids=uuids, execution_on=execution_on, at=AT
    )


def approve(world, batch, *, who="approver"):
    services.approve_batch(actor=world.actor(who), uuid=batch, at=AT)


def file_of(world, batch) -> bytes:
    actor = world.actor("preparer")
    uuid = selectors.batch_file(actor, uuid=batch)
    return documents.open_document(actor=actor, uuid=str(uuid)).content


def bank_says(world, content, *, who="preparer", at=AT + timedelta(days=7)):
    return services.import_bank_statement(
        actor=world.actor(who), content=content, file_name="wyciag.xml", at=at
    )


def status(uuid):
    return models.SettlementStatement.objects.get(uuid=uuid).status


def balance(world, purpose):
    return ledger.balance(code=f"insurer:{world.insurer.pk}:{purpose}")
