"""Reading the development mailbox."""

import email
from dataclasses import dataclass
from datetime import datetime
from email import policy

from ols.notifications import models


@dataclass(frozen=True)
class MailRow:
    """One message in the list."""

    id: int
    at: datetime
    recipient: str
    subject: str


@dataclass(frozen=True)
class Mail:
    """One message opened."""

    at: datetime
    recipient: str
    subject: str
    text: str
    attachments: tuple[str, ...]


def mailbox(*, recipient: str = "", limit: int = 200) -> list[MailRow]:
    """Return the newest messages first, all or of one recipient."""
    rows = models.MailboxMessage.objects.order_by("-id")
    if recipient:
        rows = rows.filter(recipient__iexact=recipient)
    return [MailRow(row.id, row.at, row.recipient, row.subject) for row in rows[:limit]]


def mail(*, message_id: int) -> Mail | None:
    """Return one message parsed from its MIME bytes; None when there is none."""
    row = models.MailboxMessage.objects.filter(pk=message_id).first()
    if row is None:
        return None
    parsed = email.message_from_bytes(bytes(row.raw), policy=policy.default)
    body = parsed.get_body(("plain",))
    names = tuple(part.get_filename() or "" for part in parsed.iter_attachments())
    return Mail(row.at, row.recipient, row.subject, body.get_content() if body else "", names)
