"""What is typed into a price list while it is worked on."""

from django.db import models
from django.db.models import Q

from ols.network.models.price_lists import PriceList


class PriceDraft(models.Model):
    """The texts of a list being worked on, with who typed what (adr/0017).

    `entries` holds the history of each row by service id (`ols.kernel.merging`); `version` counts saves.
    `tabs` says who sat at the pages that typed: the page's name with the person's, the latest last.
    """

    price_list = models.OneToOneField(PriceList, models.CASCADE, related_name="draft")
    version = models.IntegerField(default=1)
    entries = models.JSONField(default=dict)
    tabs = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "network_price_draft"
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="network_price_draft_version")
        ]
