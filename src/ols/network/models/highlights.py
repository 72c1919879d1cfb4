"""Who is marked out on the insurer's network, from which day to which; and what clinics were told of it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ols.network.models.contracts import Contract


class Highlight(models.Model):
    """How a clinic's prices of an area compare with the limits for a time: made by the system, never by hand.

    Limits and prices are dated, so the days to come are known, too. Days without a row: nothing to compare.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    insurer_id = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    is_highlighted = models.BooleanField()
    compared = models.IntegerField()
    over = models.IntegerField()
    worst_gr = models.BigIntegerField()

    class Meta:
        db_table = "network_highlight"
        indexes = [models.Index(fields=["insurer_id", "provider_id"], name="network_highlight_lookup")]
        constraints = [
            ExclusionConstraint(
                name="network_highlight_once_a_day",
                expressions=[
                    (F("contract"), RangeOperators.EQUAL),
                    (F("area"), RangeOperators.EQUAL),
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
            ),
            models.CheckConstraint(
                condition=Q(is_highlighted=Q(compared__gt=0, over=0)), name="network_highlight_rule"
            ),
        ]


class HighlightNotice(models.Model):
    """What a clinic was told: the badge was gained or lost, or will be lost on a day; each once.

    A warning whose reason went away before its day is withdrawn, so that a new one may be given.
    """

    GAINED = "gained"
    LOST = "lost"
    AHEAD = "ahead"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    day = models.DateField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "network_highlight_notice"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ahead", "gained", "lost"]), name="network_highlight_notice_kind"
            ),
            models.UniqueConstraint(
                fields=["contract", "area", "day"],
                condition=Q(kind="ahead", withdrawn_at=None),
                name="network_highlight_notice_once",
            ),
        ]
