"""Who is told about a claim held for a person: the insurer's claims handlers, without personal data."""

import pytest
from django.db import transaction
from tests.claims import world as worlds

from ols.accounts import services as accounts
from ols.accounts.permissions import Role
from ols.claims import services as claims
from ols.jobs import outbox
from ols.kernel.actor import Actor
from ols.notifications.models import MailboxMessage, OutboxMessage

SYSTEM = Actor.system("job")


@pytest.fixture
def handler(world):
    with transaction.atomic():
        return accounts.add_member(
            actor=SYSTEM,
            organization_id=world.insurer.pk,
            email="handler@example.org",
            name="Likwidator (demo)",
            roles=[Role.CLAIMS_HANDLER],
            at=worlds.AT,
        )


def authorize(world, key, **draft):
    return claims.authorize_claim(
        actor=world.actor(), draft=world.draft("CONS-1", **draft), idempotency_key=key, at=worlds.AT
    )


def deliver_all():
    while outbox.deliver_batch():
        pass


def test_a_held_claim_is_announced_to_the_insurers_handlers_only(world, handler, settings):
    settings.EMAIL_BACKEND = "ols.notifications.mailbox.MailboxBackend"
    authorize(world, "k1")
    held = authorize(world, "k2")
    assert held.status == "pended"
    deliver_all()
    mail = MailboxMessage.objects.get()
    assert (mail.recipient, held.number in mail.subject) == ("handler@example.org", True)
    assert not OutboxMessage.objects.filter(done_at=None).exists()


def test_nothing_is_written_when_the_claim_was_decided_meanwhile(world, handler):
    authorize(world, "k1")
    held = authorize(world, "k2")
    claims.deny_claim(actor=world.handler(), claim_uuid=held.claim_uuid, remark="Powtórzony", at=worlds.AT)
    OutboxMessage.objects.filter(kind="email").delete()
    with transaction.atomic():
        claims.announce_claim(actor=SYSTEM, claim_uuid=held.claim_uuid, at=worlds.AT)
    assert not OutboxMessage.objects.filter(kind="email").exists()
