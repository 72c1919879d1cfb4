"""How an insurer answers offers: remarks at single fields, rules of its own, alarms, needs of its network."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid
from ols.db.triggers import append_only
from ols.network.models.contracts import Contract

ALARM_KINDS = ("near", "late")
MOST_ALARM_HOURS = 8


class OfferRemark(models.Model):
    """What an insurer wants corrected in one field of an offer; it stands until the offer is sent again.

    `field` is a parameter's name or `document:` with the code of a required document.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="remarks")
    field = models.CharField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=120)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "network_offer_remark"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "field"],
                condition=Q(cleared_at=None),
                name="network_offer_remark_one_open",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="network_offer_remark_words"),
        ]


class ReviewRules(models.Model):
    """What an insurer lets the system accept at once; switched off until somebody switches it on.

    `rules` are the codes that must all pass; the columns below them are what three of them ask for.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.OneToOneField("accounts.Organization", models.PROTECT, related_name="+")
    is_automatic = models.BooleanField(default=False)
    rules = ArrayField(models.CharField(max_length=20), default=list)
    start_within_days = models.IntegerField(default=90)
    entity_kinds = ArrayField(models.CharField(max_length=40), default=list)
    voivodeships = ArrayField(models.CharField(max_length=2), default=list)
    # So many hours of the office's time before the deadline its people are written to; 0: only when late.
    alarm_hours = models.IntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "network_review_rules"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_automatic=False) | ~Q(rules=[]), name="network_review_rules_some"
            ),
            models.CheckConstraint(
                condition=Q(alarm_hours__gte=0, alarm_hours__lte=MOST_ALARM_HOURS),
                name="network_review_rules_alarm",
            ),
            models.CheckConstraint(
                condition=Q(start_within_days__gte=0, start_within_days__lte=366),
                name="network_review_rules_start",
            ),
        ]


class OfferAssessment(models.Model):
    """What the insurer's rules said of an offer when it was sent; never edited.

    `results` holds, rule by rule in their order: `rule`, `passed` and the `facts` it was decided on.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    is_accepted = models.BooleanField()
    rules_revision = models.PositiveIntegerField()
    results = models.JSONField()

    class Meta:
        db_table = "network_offer_assessment"
        constraints = [
            models.UniqueConstraint(fields=["contract", "at"], name="network_offer_assessment_once")
        ]
        triggers = [append_only()]


class OfferAlarm(models.Model):
    """The insurer's people were written to about an offer: once before its deadline, once when it is late."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="alarms")
    due_at = models.DateTimeField()
    kind = models.CharField(max_length=4)
    at = models.DateTimeField()

    class Meta:
        db_table = "network_offer_alarm"
        constraints = [
            models.UniqueConstraint(fields=["contract", "due_at", "kind"], name="network_offer_alarm_once"),
            models.CheckConstraint(condition=Q(kind__in=ALARM_KINDS), name="network_offer_alarm_kind"),
        ]


class NetworkNeed(models.Model):
    """How many clinics an insurer wants in an area of a voivodeship (its two TERYT digits)."""

    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    voivodeship = models.CharField(max_length=2)
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    wanted = models.IntegerField()

    class Meta:
        db_table = "network_need"
        constraints = [
            models.UniqueConstraint(fields=["insurer", "voivodeship", "area"], name="network_need_once"),
            models.CheckConstraint(condition=Q(wanted__gte=1, wanted__lte=9999), name="network_need_wanted"),
        ]
