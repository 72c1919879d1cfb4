"""The append-only record of who did what; the one history of the system."""

from django.db import models

from ols.db.triggers import append_only


class Event(models.Model):
    """One thing that happened to one subject. Holds ids and codes, never personal or medical data."""

    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_uuid = models.UUIDField()
    actor_user_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    organization_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=20)
    ip = models.GenericIPAddressField(null=True)
    remark = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_event"
        indexes = [models.Index(fields=["subject_uuid", "at"], name="audit_event_subject")]
        triggers = [append_only()]
