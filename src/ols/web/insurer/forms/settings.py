"""What an insurer sets up: documents it asks for, and areas."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import Form


class NewDocument(Form):
    """A document clinics add to their offer."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=20,
        help_text=_("Short, for example OC. Clinics do not see it."),
        error_messages={"invalid": _("Code: use letters, digits and dashes only.")},
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    name = forms.CharField(
        label=_("Name of the document"), max_length=120, help_text=_("As the clinic should read it.")
    )
    is_required = forms.BooleanField(label=_("No offer can be sent without it"), required=False, initial=True)

    def clean_code(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["code"]).upper()


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
