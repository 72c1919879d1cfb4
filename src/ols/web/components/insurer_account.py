"""The insurer's account and office hours, entered by the operator first and by its administrator later."""

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import Form


class InsurerAccount(Form):
    """From which account the insurer pays, and when its office answers."""

    iban = fields.IdentifierField(
        kind="nrb",
        label=_("Bank account"),
        help_text=_("26 digits. Benefits are paid from it."),
    )
    office_opens = fields.TimeField(label=_("The office opens at"), initial=time(8))
    office_closes = fields.TimeField(label=_("The office closes at"), initial=time(16))

    def clean(self) -> dict[str, Any]:
        """Closing comes after opening."""
        given: dict[str, Any] = self.cleaned_data
        opens, closes = given.get("office_opens"), given.get("office_closes")
        if opens and closes and closes <= opens:
            self.add_error(
                "office_closes", _("The office closes at: enter an hour after the one it opens at.")
            )
        return given
