"""Contracts between providers and insurers."""

from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid
from ols.network import states


class Contract(models.Model):
    """The co-operation of one provider with one insurer, from first draft to end."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    number = models.CharField(max_length=30, unique=True)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    provider = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, default=states.CONTRACT.initial)
    starts_on = models.DateField(null=True)
    iban = models.CharField(max_length=28, blank=True)
    bank_name = models.CharField(max_length=200, blank=True)
    terms_person = models.CharField(max_length=120, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    # The address before the last change: a warning about money also goes to it.
    earlier_contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # Why it stands as it does: words of a person, or the code of a reason of the system (`asked`).
    remark = models.TextField(blank=True)
    remark_code = models.CharField(max_length=20, blank=True)
    suspended_at = models.DateTimeField(null=True)
    # The first day without co-operation, from when its end is announced; who announced it, when and why.
    ends_on = models.DateField(null=True)
    notice_side = models.CharField(max_length=8, blank=True)
    notice_at = models.DateTimeField(null=True)
    notice_reason = models.TextField(blank=True)

    class Meta:
        db_table = "network_contract"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None, notice_side="")
                | Q(ends_on__isnull=False, notice_side__in=["insurer", "provider"]),
                name="network_contract_notice",
            ),
            models.CheckConstraint(condition=states.CONTRACT.check(), name="network_contract_status"),
            models.UniqueConstraint(
                fields=["insurer", "provider"],
                condition=~Q(status__in=["rejected", "ended"]),
                name="network_contract_one_open",
            ),
        ]
