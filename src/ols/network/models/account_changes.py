"""Changes of the account to which an insurer pays a clinic."""

from django.db import models

from ols.db.fields import new_uuid
from ols.network import states
from ols.network.models.contracts import Contract


class AccountChange(models.Model):
    """A clinic's wish to be paid to another account; it counts only when a second person has confirmed it."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="account_changes")
    status = models.CharField(max_length=12, default=states.ACCOUNT_CHANGE.initial)
    old_iban = models.CharField(max_length=28)
    iban = models.CharField(max_length=28)
    bank_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    # Whose confirmation was needed when it was asked for: of the clinic's second person, or of the insurer.
    confirmed_by = models.CharField(max_length=8)
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "network_account_change"
        constraints = [
            models.CheckConstraint(
                condition=states.ACCOUNT_CHANGE.check(), name="network_account_change_status"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__in=["insurer", "provider"]),
                name="network_account_change_side",
            ),
            # Four eyes, also when the code errs: who asked never decides that it counts.
            models.CheckConstraint(
                condition=~models.Q(status="confirmed")
                | models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("requested_by")),
                name="network_account_change_four_eyes",
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=models.Q(status="waiting"),
                name="network_account_change_one_open",
            ),
        ]
