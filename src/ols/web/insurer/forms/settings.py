"""What an insurer sets up: areas."""

from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import DatedForm


class AreaOpening(DatedForm):
    """From which day clinics may work in an area."""

    opens_on = fields.ComingDayField(
        label=_("Open from"),
        help_text=_("Today or later. With a later day the area is announced until then."),
    )
