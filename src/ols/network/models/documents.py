"""What an insurer wants with an offer, and the files given."""

from django.db import models

from ols.db.fields import new_uuid
from ols.network.models.contracts import Contract


class DocumentRequirement(models.Model):
    """A kind of document an insurer wants with an offer."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    is_required = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "network_document_requirement"
        constraints = [
            models.UniqueConstraint(fields=["insurer", "code"], name="network_document_requirement_once")
        ]


class ContractDocument(models.Model):
    """A file sent with an offer; a replaced one is kept."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="documents")
    requirement = models.ForeignKey(DocumentRequirement, models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "network_contract_document"
