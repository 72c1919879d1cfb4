"""The areas an insurer offers."""

from django.db import models

from ols.db.fields import new_uuid


class AreaOpening(models.Model):
    """An area an insurer offers; with a day in the future it is announced, not yet open.

    `told_at` is when the clinics of the network were told that it opened.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    opens_on = models.DateField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "network_area_opening"
        constraints = [models.UniqueConstraint(fields=["insurer", "area"], name="network_area_opening_once")]
