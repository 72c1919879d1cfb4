"""The seven service areas and the services in them."""

from django.db import models

from ols.db.fields import GroszField, new_uuid
from ols.db.triggers import append_only


class ServiceArea(models.Model):
    """A thematic area (CONS, NURS, HOME, LAB, IMG, REHAB, DENT), in the order of the product."""

    code = models.CharField(max_length=6, unique=True)
    position = models.SmallIntegerField()
    name_pl = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        db_table = "catalog_area"


class Service(models.Model):
    """A billable service with its own code; an ICD-9-PL code alone is not a service.

    With `insurer_id` it is that insurer's own; from `retired_on` on it is no longer offered.
    """

    code = models.CharField(max_length=20)
    insurer_id = models.BigIntegerField(null=True)
    area = models.ForeignKey(ServiceArea, models.PROTECT, related_name="services")
    icd9 = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=250)
    search_key = models.CharField(max_length=300)
    unit = models.CharField(max_length=20, default="szt.")
    demo_price_gr = GroszField(default=0)
    retired_on = models.DateField(null=True)

    class Meta:
        db_table = "catalog_service"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retired_on=None) | models.Q(insurer_id__isnull=False),
                name="catalog_service_common_stays",
            ),
            models.UniqueConstraint(
                fields=["insurer_id", "code"], name="catalog_service_once", nulls_distinct=False
            ),
        ]


class Icd9Entry(models.Model):
    """A code of the ICD-9-PL dictionary this installation has loaded; it is never part of the project."""

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=500)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "catalog_icd9"


class Icd9Import(models.Model):
    """A file of the dictionary that was loaded; the last one says how fresh the codes are."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    added = models.IntegerField()
    changed = models.IntegerField()
    ended = models.IntegerField()
    refused = models.IntegerField()

    class Meta:
        db_table = "catalog_icd9_import"
        triggers = [append_only()]


class ServiceBefore(models.Model):
    """What a service was called until a moment: price lists and claims of the past keep their words."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="earlier")
    icd9 = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=250)
    unit = models.CharField(max_length=20)
    until = models.DateTimeField()

    class Meta:
        db_table = "catalog_service_before"
        triggers = [append_only()]
