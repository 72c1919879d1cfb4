"""What an insurer sets up: areas."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import Form


class AreaOpening(Form):
    """From which day clinics may work in an area."""

    opens_on = fields.DateField(
        label=_("Open from"),
        help_text=_("Today or later. With a later day the area is announced until then."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Keep the first day that can be chosen."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_opens_on(self) -> date:
        """Return the day; one that has passed is refused."""
        return _not_before(
            self.cleaned_data["opens_on"], self.today, _("Open from: choose today or a later day.")
        )


def _not_before(day: date, first: date, refusal: Any) -> date:
    if day < first:
        raise forms.ValidationError(refusal)
    return day
