"""Business cards („wizytówki”): what a clinic tells the public about one of its addresses."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ols.db.fields import new_uuid
from ols.db.triggers import append_only
from ols.registry.models.joined import Facility


class BusinessCard(models.Model):
    """One address of a clinic. The card of a facility is there from the beginning, with the same uuid.

    Hours are minutes of the week, Monday 00:00 is 0: `open_from` and `open_to` go in pairs.
    `closed_from`, `closed_to` (both included) and `closed_for`, the reasons, go together, too. Coordinates
    are those of the town unless `is_exact`. While nobody edited the card it follows the facility's data.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    facility = models.OneToOneField(Facility, models.PROTECT, null=True, related_name="card")
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=6)
    city = models.CharField(max_length=100)
    voivodeship = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    is_exact = models.BooleanField(default=False)
    phone = models.CharField(max_length=16, blank=True)
    second_phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    website = models.CharField(max_length=200, blank=True)
    open_from = ArrayField(models.IntegerField(), default=list)
    open_to = ArrayField(models.IntegerField(), default=list)
    closed_on_holidays = models.BooleanField(default=True)
    hours_note = models.CharField(max_length=300, blank=True)
    closed_from = ArrayField(models.DateField(), default=list)
    closed_to = ArrayField(models.DateField(), default=list)
    closed_for = ArrayField(models.CharField(max_length=100), default=list)
    specialities = ArrayField(models.CharField(max_length=120), default=list)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    wheelchair = models.CharField(max_length=10, blank=True)
    access_note = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    is_shown = models.BooleanField(default=True)
    search_key = models.TextField(blank=True)
    sort_key = models.CharField(max_length=700, db_collation="C")
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "registry_card"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(48.9, 55.0), longitude__range=(14.0, 24.3)),
                name="registry_card_in_poland",
            ),
            models.CheckConstraint(
                condition=Q(closed_to__len=F("closed_from__len"), closed_for__len=F("closed_from__len")),
                name="registry_card_closed_together",
            ),
            models.CheckConstraint(
                condition=Q(wheelchair__in=["", "yes", "partly", "no"]), name="registry_card_wheelchair"
            ),
        ]


class BusinessCardVersion(models.Model):
    """A card as it was saved once; undo takes one of them up again."""

    card = models.ForeignKey(BusinessCard, models.PROTECT, related_name="versions")
    revision = models.PositiveIntegerField()
    data = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        db_table = "registry_card_version"
        constraints = [
            models.UniqueConstraint(fields=["card", "revision"], name="registry_card_version_once")
        ]
        triggers = [append_only()]
