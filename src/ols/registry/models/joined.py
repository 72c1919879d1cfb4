"""The facilities of organizations that joined, who works there, and the word that their data are right."""

from django.db import models

from ols.db.fields import new_uuid
from ols.registry.models.register import RegisterEntry


class Facility(models.Model):
    """The facility an organization works in; one organization has at least one."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="facilities")
    entry = models.ForeignKey(RegisterEntry, models.PROTECT, null=True, related_name="joined")
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=6)
    city = models.CharField(max_length=100)
    teryt = models.CharField(max_length=7, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        db_table = "registry_joined_facility"


class Practitioner(models.Model):
    """A person who performs services at an organization."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="practitioners")
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=6)
    npwz = models.CharField(max_length=8)

    class Meta:
        db_table = "registry_practitioner"
        constraints = [
            models.UniqueConstraint(fields=["organization", "npwz"], name="registry_practitioner_once")
        ]


class DataConfirmation(models.Model):
    """„Potwierdzam poprawność danych”: who confirmed which data, and when."""

    organization = models.ForeignKey(
        "accounts.Organization", models.PROTECT, related_name="data_confirmations"
    )
    user_id = models.BigIntegerField()
    at = models.DateTimeField()
    data = models.JSONField()

    class Meta:
        db_table = "registry_data_confirmation"
