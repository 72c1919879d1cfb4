"""What an insurer shows the public of its network, and which clinics let their prices be seen."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid
from ols.network.models.contracts import Contract


class PublicNetwork(models.Model):
    """How an insurer's network is shown; without a row it is public under an address made of its name."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.OneToOneField("accounts.Organization", models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=40, unique=True)
    is_public = models.BooleanField(default=True)
    may_be_embedded = models.BooleanField(default=False)
    # Scheme, host and port, as a browser writes an origin.
    origins = ArrayField(models.CharField(max_length=200), default=list)

    class Meta:
        db_table = "network_public"


class PriceConsent(models.Model):
    """A clinic's word that everybody may see a co-operation's prices; taken back, it stays as history."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="price_consents")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=120)
    given_by_id = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "network_price_consent"
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(withdrawn_at=None), name="network_price_consent_one"
            )
        ]


class OfferedServices(models.Model):
    """What one contract's prices cover from a day to a day: made from them by triggers of the database.

    Days are half-open as those of the prices; days without a row have no price in force.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    area_ids = ArrayField(models.IntegerField())
    service_ids = ArrayField(models.IntegerField())

    class Meta:
        db_table = "network_offered"
        constraints = [
            models.UniqueConstraint(fields=["contract", "valid_from"], name="network_offered_once_a_day")
        ]
