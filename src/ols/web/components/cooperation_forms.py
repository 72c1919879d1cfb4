"""What either side fills in about a co-operation that lasts, and about the account of a clinic."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ols.kernel import days
from ols.web.components import fields
from ols.web.components.forms import Form


def _words(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    """Return a field for words that the other side reads."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Reason(Form):
    """Why: the other side reads it."""

    reason = _words(_("Reason"), _("The other side reads it."))


class OptionalRemark(Form):
    """Words to go with an answer, or none."""

    remark = _words(_("Remarks"), _("The other side reads them. They are not required."), required=False)


class EndOfCooperation(Form):
    """From which day there is no co-operation, and why; checked on a page of its own before it is sent."""

    ends_on = fields.DateField(
        label=_("First day without co-operation"),
        help_text=_("From today up to a year ahead, for example 27.11.2026. Today ends it at once."),
    )
    reason = _words(_("Reason"), _("The other side reads it."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know the day from which an end is counted."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_ends_on(self) -> date:
        """Refuse an end in the past or more than a year ahead."""
        day: date = self.cleaned_data["ends_on"]
        last = days.add_years(self.today, 1)
        if not self.today <= day <= last:
            raise ValidationError(
                _("First day without co-operation: choose a day from %(first)s to %(last)s."),
                params={"first": days.format_date(self.today), "last": days.format_date(last)},
            )
        return day
