"""The areas an insurer offers."""

from django.db import models
from django.db.models import F, Q

from ols.db.fields import new_uuid
from ols.network.area_days import AreaDays


class AreaOpening(models.Model):
    """An area an insurer offers; with a day in the future it is announced, not yet open.

    `told_at` is when the clinics of the network were told that it opened. From `closes_on` it takes no new
    price lists, until `reopens_on` where that is known; what was sent or agreed before goes on. `description`
    is what the insurer tells clinics about the area.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    opens_on = models.DateField()
    told_at = models.DateTimeField(null=True)
    closes_on = models.DateField(null=True)
    reopens_on = models.DateField(null=True)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)

    class Meta:
        db_table = "network_area_opening"
        constraints = [
            models.UniqueConstraint(fields=["insurer", "area"], name="network_area_opening_once"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="network_area_opening_closes",
            ),
            models.CheckConstraint(
                condition=Q(reopens_on=None) | Q(closes_on__isnull=False, reopens_on__gte=F("closes_on")),
                name="network_area_opening_reopens",
            ),
        ]

    @property
    def days(self) -> AreaDays:
        """Return its days."""
        return AreaDays(self.opens_on, self.closes_on, self.reopens_on)
