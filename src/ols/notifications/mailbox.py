"""Django's e-mail backend for development: real messages, kept in a table and shown on a page."""

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from ols.notifications import models


class MailboxBackend(BaseEmailBackend):
    """Store each message as its full MIME bytes, one row per recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; return how many."""
        rows = [
            models.MailboxMessage(
                recipient=recipient, subject=message.subject[:250], raw=message.message().as_bytes()
            )
            for message in email_messages
            for recipient in message.recipients()
        ]
        models.MailboxMessage.objects.bulk_create(rows)
        return len(email_messages)
