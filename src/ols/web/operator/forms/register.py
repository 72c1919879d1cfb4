"""A file of the register."""

from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import Form


class RegisterFile(Form):
    """The file and the day whose state it holds."""

    file = fields.UploadField(
        label=_("Register file"),
        types=("csv", "txt"),
        limit_mb=200,
        help_text=_("CSV with semicolons, UTF-8 or Windows-1250."),
    )
    snapshot_date = fields.DateField(
        label=_("State of the register on"), required=False, help_text=_("Empty: today.")
    )
