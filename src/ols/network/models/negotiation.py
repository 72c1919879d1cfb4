"""What the two sides say to single lines of a price list: the answer being prepared, and every one given."""

from django.db import models
from django.db.models import Q

from ols.db.fields import GroszField
from ols.db.triggers import append_only
from ols.network.models.price_lists import PriceList
from ols.network.states import LineAnswer


class PriceLineAnswer(models.Model):
    """An answer to one line that is being prepared; the other side does not see it."""

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="answers")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    price_gr = GroszField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "network_price_line_answer"
        constraints = [
            models.UniqueConstraint(fields=["price_list", "service"], name="network_price_line_answer_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[*LineAnswer.INSURER, *LineAnswer.PROVIDER]),
                name="network_price_line_answer_kind",
            ),
        ]


class PriceLineStep(models.Model):
    """An answer that was given, for ever: what the clinic asked then, what was said, by whom.

    `price_gr` is the price this step names: agreed, offered against, or proposed; None when it names none.
    """

    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="steps")
    round = models.IntegerField()
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    side = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    asked_gr = GroszField()
    price_gr = GroszField(null=True)
    remark = models.TextField(blank=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=120)

    class Meta:
        db_table = "network_price_line_step"
        triggers = [append_only()]
        constraints = [
            models.UniqueConstraint(
                fields=["price_list", "round", "service"], name="network_price_line_step_once"
            ),
            models.CheckConstraint(
                condition=Q(side="insurer", kind__in=LineAnswer.INSURER)
                | Q(side="provider", kind__in=LineAnswer.PROVIDER),
                name="network_price_line_step_side",
            ),
            models.CheckConstraint(
                condition=Q(price_gr__isnull=False) | Q(kind__in=[LineAnswer.REFUSED, LineAnswer.DROPPED]),
                name="network_price_line_step_price",
            ),
        ]
