"""What an insurer wants with an offer, and the files given."""

from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid
from ols.network import states
from ols.network.models.contracts import Contract


class DocumentRequirement(models.Model):
    """A kind of document an insurer wants with an offer.

    `max_age` counts `age_unit`s between the day of issue and the day of the offer; with `is_renewed` it is
    counted on while the co-operation lasts. `has_end`: the document itself says until when it is valid.
    `suspend_after_days`: so long after a document's end the co-operation is suspended; None: never.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    explanation = models.TextField(blank=True)
    explanation_en = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    age_unit = models.CharField(max_length=6, default="months")
    is_renewed = models.BooleanField(default=False)
    has_end = models.BooleanField(default=False)
    max_files = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)
    suspend_after_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "network_document_requirement"
        constraints = [
            models.UniqueConstraint(fields=["insurer", "code"], name="network_document_requirement_once"),
            models.CheckConstraint(
                condition=Q(age_unit__in=["days", "months"]), name="network_document_requirement_unit"
            ),
            models.CheckConstraint(
                condition=Q(max_files__gte=1, max_files__lte=20), name="network_document_requirement_files"
            ),
        ]


class ContractDocument(models.Model):
    """A file given for a kind; a replaced or removed one is kept.

    `ends_on` is the last day it counts, as the kind said when it was sent; `asked` is what the kind said
    then: editing a kind changes nothing of what was sent before. `sent_at`: since then the insurer sees it.
    `renews` is the file it shall take the place of once the insurer accepts it. `told_days` is the last
    reminder: 30 or 7 days before the end, 0 after it.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="documents")
    requirement = models.ForeignKey(DocumentRequirement, models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, default=states.CONTRACT_DOCUMENT.initial)
    asked = models.JSONField(default=dict)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    remark = models.TextField(blank=True)
    told_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "network_contract_document"
        indexes = [
            models.Index(
                fields=["ends_on"],
                condition=Q(status="given", ends_on__isnull=False),
                name="network_contract_document_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=states.CONTRACT_DOCUMENT.check(), name="network_contract_document_status"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["replaced", "removed"], replaced_at__isnull=False)
                | (~Q(status__in=["replaced", "removed"]) & Q(replaced_at=None)),
                name="network_contract_document_gone",
            ),
            models.UniqueConstraint(
                fields=["renews"], condition=Q(status="waiting"), name="network_contract_document_renewal"
            ),
        ]
