"""Promises for after the commit: enqueue inside the transaction, deliver from the worker."""

import json
import logging
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ols.db.pipeline import Pipeline, Statement
from ols.db.transactions import within_transaction
from ols.notifications import models

BATCH = 50
MANY = 1000
MAX_ATTEMPTS = 8
# How long the outbox tells what was done; what happened to whom is the business of `audit`.
KEPT_FOR = timedelta(days=30)
Handler = Callable[[Mapping[str, object]], None]

# What only letters hold.
_LETTER = frozenset({"to", "template", "language"})

logger = logging.getLogger(__name__)

_ENQUEUE = Statement(
    "outbox_enqueue",
    "INSERT INTO notifications_outbox (kind, payload, created_at, due_at, attempts, last_error)"
    " VALUES ($1, $2, $3, $3, 0, '')",
)


@within_transaction
def enqueue(*, kind: str, payload: Mapping[str, object], at: datetime) -> None:
    """Write one message that `deliver` hands to its kind's handler once this transaction has committed."""
    models.OutboxMessage.objects.create(kind=kind, payload=dict(payload), created_at=at, due_at=at)


def queue_message(pipeline: Pipeline, *, kind: str, payload: Mapping[str, object], at: datetime) -> None:
    """Enqueue with the next statements of a pipelined transaction."""
    pipeline.queue(_ENQUEUE, kind, json.dumps(payload), at)


@within_transaction
def enqueue_email(
    *,
    to: str,
    template: str,
    context: Mapping[str, object],
    at: datetime,
    language: str = "pl",
    attachments: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> None:
    """Promise an e-mail: `template` names `emails/<language>/<template>.md`; context holds plain JSON values.

    `attachments` are texts by file name (an accepted regulation, say), sent as text/plain;
    `files` are other files by name (a PDF, a spreadsheet), whose ending says what they are.
    """
    payload = {
        **_plain(to, template, context, language),
        "attachments": dict(attachments or {}),
        "files": {name: b64encode(content).decode() for name, content in (files or {}).items()},
    }
    enqueue(kind="email", payload=payload, at=at)


@within_transaction
def enqueue_emails(
    letters: Iterable[tuple[str, str, Mapping[str, object]]], *, at: datetime, language: str = "pl"
) -> None:
    """Promise many plain e-mails with few statements: to whom, which template, with what context."""
    models.OutboxMessage.objects.bulk_create(
        [
            models.OutboxMessage(
                kind="email",
                payload={**_plain(*letter, language), "attachments": {}, "files": {}},
                created_at=at,
                due_at=at,
            )
            for letter in letters
        ],
        batch_size=MANY,
    )


@within_transaction
def enqueue_letter(
    *,
    to: str,
    template: str,
    context: Mapping[str, object],
    made: Mapping[str, object],
    at: datetime,
    language: str = "pl",
) -> None:
    """Promise an e-mail whose files are made when it is sent: `made` tells the handler of `letter` which."""
    payload = {**_plain(to, template, context, language), "made": dict(made)}
    enqueue(kind="letter", payload=payload, at=at)


def deliver(*, handlers: Mapping[str, Handler], at: datetime) -> int:
    """Take a batch of due messages and run their handlers; return how many were taken.

    Several workers may run at once: rows are taken with SKIP LOCKED. A handler that fails
    is tried again later with a growing delay, each in its own savepoint. A delivered letter is forgotten
    but for its receiver and template: it may carry a secret or somebody's data.
    """
    with transaction.atomic():
        waiting = models.OutboxMessage.objects.filter(
            done_at=None, due_at__lte=at, attempts__lt=MAX_ATTEMPTS, kind__in=list(handlers)
        )
        batch = list(waiting.order_by("due_at", "id").select_for_update(skip_locked=True)[:BATCH])
        for message in batch:
            _run(message, handlers[message.kind], at)
        models.OutboxMessage.objects.bulk_update(batch, ["done_at", "attempts", "due_at", "last_error"])
        _forget([message for message in batch if message.done_at and message.payload.keys() >= _LETTER])
    return len(batch)


def purge_outbox(*, at: datetime) -> int:
    """Delete what was done, or given up, more than `KEPT_FOR` ago; return how many messages."""
    over = Q(done_at__lt=at - KEPT_FOR) | Q(attempts__gte=MAX_ATTEMPTS, due_at__lt=at - KEPT_FOR)
    deleted, _ = models.OutboxMessage.objects.filter(over).delete()
    return deleted


def _plain(to: str, template: str, context: Mapping[str, object], language: str) -> dict[str, object]:
    """Return what every letter holds."""
    return {"to": to, "template": template, "context": dict(context), "language": language}


def _forget(letters: Sequence[models.OutboxMessage]) -> None:
    """Keep of delivered letters that they were sent, and to whom."""
    for letter in letters:
        letter.payload = {name: letter.payload[name] for name in ("to", "template", "language")}
    models.OutboxMessage.objects.bulk_update(letters, ["payload"])


def _run(message: models.OutboxMessage, handler: Handler, at: datetime) -> None:
    """Run one handler and note on the message how it went."""
    message.attempts += 1
    try:
        with transaction.atomic():
            handler(message.payload)
    except Exception as error:
        logger.exception("outbox message %s (%s) failed", message.pk, message.kind)
        message.last_error = repr(error)
        message.due_at = at + timedelta(seconds=10 * 2**message.attempts)
    else:
        message.done_at = at
