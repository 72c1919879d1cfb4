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
        # Beside a subject's history, the log of everything: each filter in the order of time.
        indexes = [
            models.Index(fields=["subject_uuid", "at"], name="audit_event_subject"),
            models.Index(fields=["at", "id"], name="audit_event_time"),
            models.Index(fields=["event", "at", "id"], name="audit_event_event"),
            models.Index(fields=["organization_id", "at", "id"], name="audit_event_organization"),
            models.Index(fields=["actor_user_id", "at", "id"], name="audit_event_person"),
            models.Index(fields=["ip", "at", "id"], name="audit_event_place"),
            # Pages and programs do nearly everything; only what else there is has to be looked for.
            models.Index(
                fields=["channel", "at", "id"],
                condition=~models.Q(channel="web") & ~models.Q(channel="api"),
                name="audit_event_channel",
            ),
        ]
        triggers = [append_only()]
