"""„Wniosek o przystąpienie”: a provider asks for access to the platform."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid
from ols.onboarding import states


class AccessApplication(models.Model):
    """What the applicant said, beside the register entry it was prefilled from."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=12, default=states.APPLICATION.initial)
    entry = models.ForeignKey("registry.RegisterEntry", models.PROTECT, null=True, related_name="+")
    register_book_no = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=250)
    nip = models.CharField(max_length=10)
    regon = models.CharField(max_length=14, blank=True)
    krs = models.CharField(max_length=10, blank=True)
    legal_form = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=6)
    city = models.CharField(max_length=100)
    representative_name = models.CharField(max_length=120)
    representative_function = models.CharField(max_length=80)
    email = models.EmailField()
    phone = models.CharField(max_length=16)
    extract = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    terms = models.ForeignKey("network.TermsVersion", models.PROTECT, related_name="+")
    terms_sha256 = models.CharField(max_length=64)
    submission_key = models.UUIDField(unique=True)
    ip = models.GenericIPAddressField(null=True)
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    organization_id = models.BigIntegerField(null=True)
    # Approved without a person, because the extract, the register and the application say the same.
    is_automatic = models.BooleanField(default=False)
    # Asked to complete: just these may change, with a remark for each; the clock stands meanwhile.
    asked_fields = ArrayField(models.CharField(max_length=40), default=list)
    asked_remarks = models.JSONField(default=dict)
    returned_at = models.DateTimeField(null=True)
    paused_seconds = models.BigIntegerField(default=0)
    # Kinds of service: codes of thematic areas, proposed from the register's cells, ticked by the applicant.
    areas = ArrayField(models.CharField(max_length=8), default=list)
    # The day on which the operators were last written to about it being late.
    alarmed_on = models.DateField(null=True)
    # For which deadline the operators were told that it comes near.
    warned_for = models.DateTimeField(null=True)
    # Name and town as people type them when they search: no case, no accents.
    search_key = models.CharField(max_length=450, blank=True)

    class Meta:
        db_table = "onboarding_application"
        indexes = [
            models.Index(fields=["status", "due_at"], name="onboarding_application_queue"),
            GinIndex(fields=["search_key"], name="onboarding_application_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=states.APPLICATION.check(), name="onboarding_application_status"
            ),
            models.UniqueConstraint(
                fields=["nip"],
                condition=Q(status__in=["submitted", "returned"]),
                name="onboarding_application_one_open",
            ),
        ]


class ExtractReading(models.Model):
    """One machine reading of an application's register extract and what the comparison gave; never edited.

    While `outcome` is waiting a job has it still to do. `facts`, `comparison` and `reasons` have the
    shapes of `onboarding.extract_comparison`; `sha256` is of the file that was read.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    application = models.ForeignKey(AccessApplication, models.CASCADE, related_name="extract_readings")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, default=states.ExtractOutcome.WAITING)
    requested_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    register_import = models.ForeignKey(
        "registry.RegisterImport", models.PROTECT, null=True, related_name="+"
    )
    facts = models.JSONField(default=dict)
    comparison = models.JSONField(default=list)
    reasons = models.JSONField(default=list)

    class Meta:
        db_table = "onboarding_extract_reading"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=states.EXTRACT_OUTCOMES), name="onboarding_extract_reading_outcome"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(outcome=states.ExtractOutcome.WAITING),
                name="onboarding_extract_reading_one_waiting",
            ),
        ]


class Draft(models.Model):
    """An application that is being filled in: what was typed, and who may go on with it.

    Whoever holds a secret may: browsers hold one each (`secrets_sha256`), the newest e-mailed link another.
    Only hashes are kept. Once sent it only says which application it became, until it expires.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    secrets_sha256 = ArrayField(models.CharField(max_length=64), default=list)
    # The register book that was chosen; empty when the clinic was not found.
    chosen = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=1)
    # Histories of the fields, in the shape of `onboarding.draft_values`.
    entries = models.JSONField(default=dict)
    extract = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    link_sha256 = models.CharField(max_length=64, blank=True)
    link_expires_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    application = models.OneToOneField(AccessApplication, models.CASCADE, null=True, related_name="+")

    class Meta:
        db_table = "onboarding_draft"
        indexes = [GinIndex(fields=["secrets_sha256"], name="onboarding_draft_secrets")]
        constraints = [
            models.UniqueConstraint(
                fields=["link_sha256"], condition=~Q(link_sha256=""), name="onboarding_draft_one_link"
            )
        ]


class ApplicationReader(models.Model):
    """Who opened an application and when last; whoever did so a while ago is gone."""

    application = models.ForeignKey(AccessApplication, models.CASCADE, related_name="readers")
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=120)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "onboarding_application_reader"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user_id"], name="onboarding_application_reader_once"
            )
        ]


class Platform(models.Model):
    """The settings of the platform: one row, made when the operator changes something first."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    is_only = models.BooleanField(default=True, unique=True)
    consultant_phone = models.CharField(max_length=16)
    consultant_opens = models.TimeField(default=time(8))
    consultant_closes = models.TimeField(default=time(16))
    answer_days = models.PositiveSmallIntegerField(default=2)
    answer_in_working_days = models.BooleanField(default=False)
    extract_fresh_days = models.PositiveSmallIntegerField(default=90)
    approves_by_itself = models.BooleanField(default=False)
    alarm_hours = models.PositiveSmallIntegerField(default=4)

    class Meta:
        db_table = "onboarding_platform"
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="onboarding_platform_only"),
            models.CheckConstraint(
                condition=Q(consultant_closes__gt=models.F("consultant_opens")),
                name="onboarding_platform_hours",
            ),
        ]
