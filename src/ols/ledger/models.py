"""The double-entry book: a posting moves money from one account to another, so it cannot be unbalanced."""

from django.db import models
from django.db.models import F, Q

from ols.db.fields import GroszField
from ols.db.triggers import append_only


class Account(models.Model):
    """A named account, for example `provider:17:insurer:3:payable` (README.md lists the names)."""

    code = models.CharField(max_length=80, unique=True)

    class Meta:
        db_table = "ledger_account"


class Entry(models.Model):
    """One booked event: its postings stand or fall together and never change; new ones reverse them."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    reference = models.UUIDField()
    idempotency_key = models.CharField(max_length=80, unique=True)

    class Meta:
        db_table = "ledger_entry"
        indexes = [models.Index(fields=["reference"], name="ledger_entry_reference")]
        triggers = [append_only()]


class Posting(models.Model):
    """`amount_gr` grosze from source to destination. No foreign keys: claims write here (ADR 0004)."""

    entry = models.ForeignKey(Entry, models.PROTECT, db_constraint=False, related_name="postings")
    source = models.ForeignKey(Account, models.PROTECT, db_constraint=False, related_name="+")
    destination = models.ForeignKey(Account, models.PROTECT, db_constraint=False, related_name="+")
    amount_gr = GroszField()

    class Meta:
        db_table = "ledger_posting"
        constraints = [
            models.CheckConstraint(condition=Q(amount_gr__gt=0), name="ledger_posting_positive"),
            models.CheckConstraint(condition=~Q(source=F("destination")), name="ledger_posting_two_accounts"),
        ]
        triggers = [append_only()]
