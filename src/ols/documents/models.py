"""Uploaded and produced files: stored once, under random names, outside the web root."""

from django.db import models

from ols.db.fields import new_uuid


class Document(models.Model):
    """One stored file. `organization_id` owns it; others read it through a grant.

    `pages` is known of checked uploads. `scan` is what the virus scanner said of one: clean, or off when none
    was configured; empty for files of our own making.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    organization_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    original_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    pages = models.IntegerField(null=True)
    scan = models.CharField(max_length=5, blank=True)
    storage_name = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "documents_document"


class Grant(models.Model):
    """Another organization that may read the document (the insurer an offer was sent to, say)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="grants")
    organization_id = models.BigIntegerField()

    class Meta:
        db_table = "documents_grant"
        constraints = [
            models.UniqueConstraint(fields=["document", "organization_id"], name="documents_grant_once")
        ]
