"""Price lists and the prices in force."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from ols.db.fields import GroszField, new_uuid
from ols.db.triggers import frozen_when
from ols.network import states
from ols.network.models.contracts import Contract

# The day of a moment in Poland, as the database counts it.
_LOCAL_DAY = "(timezone(%(expressions)s))::date"
# Rows of a list that is accepted stay as they are; the list is locked, so nobody accepts it meanwhile.
_ITEM_STAYS = """
IF (SELECT bool_or(status = 'accepted') FROM (
    SELECT status FROM network_price_list
    WHERE id IN (OLD.price_list_id, NEW.price_list_id) ORDER BY id FOR SHARE
) AS lists) THEN
    RAISE EXCEPTION 'Prices of an accepted list never change' USING ERRCODE = 'restrict_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""
# Nothing of a price in force changes but its end, and that only comes nearer.
_PRICE_STAYS = """
IF NEW.valid_to >= OLD.valid_from AND NEW.valid_to <= COALESCE(OLD.valid_to, NEW.valid_to)
    AND to_jsonb(NEW) - 'valid_to' = to_jsonb(OLD) - 'valid_to' THEN
    RETURN NEW;
END IF;
RAISE EXCEPTION 'A price in force never changes, its end only comes nearer'
    USING ERRCODE = 'restrict_violation';
"""


class PriceList(models.Model):
    """The prices of one area in one contract. A later version counts from its day; an accepted one stays.

    One that `continues` another took over the lines left open by it (adr/0018); while it `is_partial` it says
    nothing of the area's other services. `answer_version` counts saves of the answer being prepared,
    `answer_by` says who saved last.
    """

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
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    is_partial = models.BooleanField(default=False)
    answer_version = models.IntegerField(default=0)
    answer_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "network_price_list"
        triggers = [frozen_when("accepted")]
        constraints = [
            models.CheckConstraint(condition=states.PRICE_LIST.check(), name="network_price_list_status"),
            models.UniqueConstraint(fields=["contract", "area", "version"], name="network_price_list_once"),
            models.UniqueConstraint(
                fields=["contract", "area"],
                condition=~Q(status="accepted"),
                name="network_price_list_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted")
                | Q(decided_at=None)
                | Q(valid_from__gte=Func(Value("Europe/Warsaw"), F("decided_at"), template=_LOCAL_DAY)),
                name="network_price_list_not_back",
            ),
        ]


class PriceListItem(models.Model):
    """One offered price in grosze."""

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="items")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    price_gr = GroszField()

    class Meta:
        db_table = "network_price_list_item"
        triggers = [
            pgtrigger.Trigger(
                name="accepted_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_ITEM_STAYS,
            )
        ]
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
        ]
        triggers = [
            pgtrigger.Protect(name="never_gone", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_changed", when=pgtrigger.Before, operation=pgtrigger.Update, func=_PRICE_STAYS
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
