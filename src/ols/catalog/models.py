"""The seven service areas and the services in them."""

from django.db import models

from ols.db.fields import GroszField


class ServiceArea(models.Model):
    """A thematic area (CONS, NURS, HOME, LAB, IMG, REHAB, DENT), in the order of the product."""

    code = models.CharField(max_length=6, unique=True)
    position = models.SmallIntegerField()
    name_pl = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        db_table = "catalog_area"


class Service(models.Model):
    """A billable service with its own code; an ICD-9-PL code alone is not a service (it may cover many)."""

    code = models.CharField(max_length=20)
    insurer_id = models.BigIntegerField(null=True)
    area = models.ForeignKey(ServiceArea, models.PROTECT, related_name="services")
    icd9 = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=250)
    search_key = models.CharField(max_length=300)
    unit = models.CharField(max_length=20, default="szt.")
    demo_price_gr = GroszField(default=0)

    class Meta:
        db_table = "catalog_service"
        constraints = [
            models.UniqueConstraint(
                fields=["insurer_id", "code"], name="catalog_service_once", nulls_distinct=False
            )
        ]
