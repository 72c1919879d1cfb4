"""What must hold for documents, once every row has its values."""

from django.db import migrations, models
from django.db.models import Q

import ols.db.fields


class Migration(migrations.Migration):
    dependencies = [("network", "0014_documents_that_end")]
    operations = [
        migrations.AlterField("documentrequirement", "name_en", models.CharField(blank=True, max_length=120)),
        migrations.AlterField("documentrequirement", "explanation", models.TextField(blank=True)),
        migrations.AlterField("contractdocument", "added_by", models.CharField(blank=True, max_length=120)),
        migrations.AlterField("contractdocument", "remark", models.TextField(blank=True)),
        migrations.AlterField(
            "contractdocument",
            "uuid",
            models.UUIDField(default=ols.db.fields.new_uuid, editable=False, unique=True),
        ),
        migrations.AddIndex(
            "contractdocument",
            models.Index(
                fields=["ends_on"],
                condition=Q(status="given", ends_on__isnull=False),
                name="network_contract_document_end",
            ),
        ),
        migrations.AddConstraint(
            "contractdocument",
            models.CheckConstraint(
                condition=Q(status__in=["given", "removed", "replaced", "returned", "waiting"]),
                name="network_contract_document_status",
            ),
        ),
        migrations.AddConstraint(
            "contractdocument",
            models.CheckConstraint(
                condition=Q(status__in=["replaced", "removed"], replaced_at__isnull=False)
                | (~Q(status__in=["replaced", "removed"]) & Q(replaced_at=None)),
                name="network_contract_document_gone",
            ),
        ),
        migrations.AddConstraint(
            "contractdocument",
            models.UniqueConstraint(
                fields=["renews"], condition=Q(status="waiting"), name="network_contract_document_renewal"
            ),
        ),
        migrations.AddConstraint(
            "documentrequirement",
            models.CheckConstraint(
                condition=Q(age_unit__in=["days", "months"]), name="network_document_requirement_unit"
            ),
        ),
        migrations.AddConstraint(
            "documentrequirement",
            models.CheckConstraint(
                condition=Q(max_files__gte=1, max_files__lte=20), name="network_document_requirement_files"
            ),
        ),
    ]
