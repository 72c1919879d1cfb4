"""Files of needs that wait to be looked at, and those that count."""

from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid


class NeedImport(models.Model):
    """Needs read from a file: kept to be looked at, then applied or discarded; the last applied is undone.

    `needs` holds voivodeship, area and the number wanted; `refused` line, what was written, and the reason.
    `before` is what counted until it was applied, pair by pair as in `needs`.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    needs = models.JSONField()
    refused = models.JSONField()
    before = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=120)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.CharField(max_length=120, blank=True)
    discarded_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "network_need_import"
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(discarded_at=None), name="network_need_import_one_end"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False), name="network_need_import_undone"
            ),
        ]
        indexes = [models.Index(fields=["insurer", "applied_at"], name="network_need_import_last")]
