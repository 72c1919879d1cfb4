"""What was told of deadlines that were missed and of services that are retired: each once."""

from django.db import models
from django.db.models import Q

from ols.db.triggers import append_only
from ols.network.models.contracts import Contract
from ols.network.models.terms import TermsNotice


class LapseReport(models.Model):
    """An insurer, or the operator, was told that a clinic let a deadline of new terms pass.

    One letter a day lists them; all rows of a letter have its `day`.
    """

    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    notice = models.ForeignKey(TermsNotice, models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "network_lapse_report"
        indexes = [models.Index(fields=["organization", "day"], name="network_lapse_report_day")]
        constraints = [
            models.UniqueConstraint(fields=["organization", "notice"], name="network_lapse_report_once")
        ]
        triggers = [append_only()]


class RetirementNotice(models.Model):
    """A clinic was told from when an insurer's own service, which its prices hold, is no longer offered.

    It is withdrawn when the insurer offers the service on, or chooses another day.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    retired_on = models.DateField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "network_retirement_notice"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "service"],
                condition=Q(withdrawn_at=None),
                name="network_retirement_notice_once",
            )
        ]
