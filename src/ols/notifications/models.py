"""What is to happen after commit, and the mail the development mailbox caught."""

from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """One thing to do after commit; a worker takes them in batches and marks them done."""

    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "notifications_outbox"
        indexes = [models.Index(fields=["due_at", "id"], name="outbox_waiting", condition=Q(done_at=None))]


class MailboxMessage(models.Model):
    """A sent message as the receiver would get it (development installations only)."""

    at = models.DateTimeField(auto_now_add=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    raw = models.BinaryField()

    class Meta:
        db_table = "notifications_mailbox"
