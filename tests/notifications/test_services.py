"""What the outbox keeps: a delivered letter is forgotten, what is long over goes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from ols.notifications import models, services

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def letter(at=AT):
    with transaction.atomic():
        services.enqueue_email(
            to="a@example.org",
            template="password_link",
            context={"secret": "tajne", "hours": 24},
            at=at,
            attachments={"regulamin.txt": "Treść"},
        )


def deliver(handler, at=AT):
    return services.deliver(handlers={"email": handler, "claim.decided": handler}, at=at)


def test_a_delivered_letter_keeps_to_whom_and_which_not_what_it_said():
    letter()
    said = []
    assert deliver(lambda payload: said.append(dict(payload))) == 1
    assert said[0]["context"] == {"secret": "tajne", "hours": 24}
    (message,) = models.OutboxMessage.objects.all()
    assert message.done_at == AT
    assert message.payload == {"to": "a@example.org", "template": "password_link", "language": "pl"}


def test_a_letter_that_could_not_be_sent_is_whole_for_the_next_try():
    letter()

    def fail(payload):
        raise OSError(payload["to"])

    deliver(fail)
    (message,) = models.OutboxMessage.objects.all()
    assert (message.done_at, message.payload["context"]["secret"]) == (None, "tajne")
    said = []
    deliver(said.append, at=AT + timedelta(minutes=1))
    assert said[0]["attachments"] == {"regulamin.txt": "Treść"}


def test_other_messages_keep_what_they_are_about():
    with transaction.atomic():
        services.enqueue(kind="claim.decided", payload={"claim": "x"}, at=AT)
    deliver(lambda payload: None)
    assert models.OutboxMessage.objects.get().payload == {"claim": "x"}


def test_only_what_is_long_over_is_deleted():
    letter()
    deliver(lambda payload: None)
    letter()
    assert services.purge_outbox(at=AT + services.KEPT_FOR) == 0
    assert services.purge_outbox(at=AT + services.KEPT_FOR + timedelta(seconds=1)) == 1
    assert models.OutboxMessage.objects.get().done_at is None
    models.OutboxMessage.objects.update(attempts=services.MAX_ATTEMPTS)
    assert services.purge_outbox(at=AT + services.KEPT_FOR + timedelta(seconds=1)) == 1
