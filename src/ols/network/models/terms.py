"""Terms and their acceptance."""

from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid
from ols.db.triggers import append_only


class TermsKind(models.TextChoices):
    """Whose terms, about what."""

    PLATFORM = "platform"
    INSURANCE_SERVICE = "insurance-service"
    GENERAL = "general"
    THEMATIC = "thematic"


def _of_whom(name: str) -> models.CheckConstraint:
    """Return the rule which kinds belong to an insurer, which to an area."""
    return models.CheckConstraint(
        condition=Q(kind__in=["platform", "insurance-service"], insurer=None, area=None)
        | Q(kind="general", insurer__isnull=False, area=None)
        | Q(kind="thematic", insurer__isnull=False, area__isnull=False),
        name=name,
    )


class TermsVersion(models.Model):
    """One version of a text that is accepted; published versions never change.

    `accept_by` is the last day on which an acceptance of an earlier version still holds; the first version
    of a text has none.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=TermsKind.choices)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, null=True, related_name="+")
    version = models.CharField(max_length=10)
    valid_from = models.DateField()
    accept_by = models.DateField(null=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "network_terms"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "insurer", "area", "version"], name="network_terms_once", nulls_distinct=False
            ),
            _of_whom("network_terms_scope"),
            models.UniqueConstraint(
                fields=["kind", "insurer", "area", "valid_from"],
                name="network_terms_one_a_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(accept_by=None) | Q(accept_by__gte=models.F("valid_from")),
                name="network_terms_accept_by",
            ),
        ]
        triggers = [append_only()]


class TermsDraft(models.Model):
    """The next version of a text, one at a time; it goes when published.

    `revision` is what an editor read: a save over another one is refused.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=TermsKind.choices)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, null=True, related_name="+")
    version = models.CharField(max_length=10, blank=True)
    valid_from = models.DateField(null=True)
    accept_by = models.DateField(null=True)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=120)

    class Meta:
        db_table = "network_terms_draft"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "insurer", "area"], name="network_terms_draft_once", nulls_distinct=False
            ),
            _of_whom("network_terms_draft_scope"),
        ]


class TermsOpening(models.Model):
    """Who opened which terms: what was never opened cannot be accepted („zobacz regulamin”)."""

    terms = models.ForeignKey(TermsVersion, models.PROTECT, related_name="+")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "network_terms_opening"
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "organization", "user_id"], name="network_terms_opening_once"
            )
        ]


class TermsAcceptance(models.Model):
    """Provable for ever: who accepted which exact text, when, from where."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    terms = models.ForeignKey(TermsVersion, models.PROTECT, related_name="acceptances")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "network_terms_acceptance"
        constraints = [
            models.UniqueConstraint(fields=["terms", "organization"], name="network_terms_acceptance_once")
        ]
        triggers = [append_only()]


class TermsNotice(models.Model):
    """What an organization was told of a version it has not accepted yet: each stage once."""

    terms = models.ForeignKey(TermsVersion, models.PROTECT, related_name="+")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        db_table = "network_terms_notice"
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "organization", "stage"], name="network_terms_notice_once"
            )
        ]
        triggers = [append_only()]
