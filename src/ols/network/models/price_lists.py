"""Price lists and the prices in force."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ols.db.fields import GroszField, new_uuid
from ols.network import states
from ols.network.models.contracts import Contract


class PriceList(models.Model):
    """The prices of one area in one contract. A later version counts from its day; an accepted one stays."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="price_lists")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    version = models.IntegerField()
    status = models.CharField(max_length=12, default=states.PRICE_LIST.initial)
    valid_from = models.DateField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "network_price_list"
        constraints = [
            models.CheckConstraint(condition=states.PRICE_LIST.check(), name="network_price_list_status"),
            models.UniqueConstraint(fields=["contract", "area", "version"], name="network_price_list_once"),
            models.UniqueConstraint(
                fields=["contract", "area"],
                condition=~Q(status="accepted"),
                name="network_price_list_one_open",
            ),
        ]


class PriceListItem(models.Model):
    """One offered price in grosze."""

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="items")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    price_gr = GroszField()

    class Meta:
        db_table = "network_price_list_item"
        constraints = [
            models.UniqueConstraint(fields=["price_list", "service"], name="network_price_list_item_once"),
            models.CheckConstraint(condition=Q(price_gr__gte=0), name="network_price_list_item_amount"),
        ]


class ContractedPrice(models.Model):
    """The price in force: what the claim path reads. The database refuses two prices on one day."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    insurer_id = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="+")
    price_gr = GroszField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "network_contracted_price"
        indexes = [
            models.Index(fields=["provider_id", "insurer_id", "service"], name="network_price_lookup"),
            # Who does something in an area, or a service: what the public search asks.
            models.Index(
                fields=["provider_id", "insurer_id", "area", "valid_from"], name="network_price_area"
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="network_one_price_a_day",
                expressions=[
                    (F("insurer_id"), RangeOperators.EQUAL),
                    (F("provider_id"), RangeOperators.EQUAL),
                    (F("service"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]
