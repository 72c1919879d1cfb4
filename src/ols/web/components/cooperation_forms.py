"""What either side fills in about a co-operation that lasts, and about the account of a clinic."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import DatedForm, Form


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


class EndOfCooperation(DatedForm):
    """From which day there is no co-operation, and why; checked on a page of its own before it is sent."""

    ends_on = fields.ComingDayField(
        years=1,
        label=_("First day without co-operation"),
        help_text=_("From today up to a year ahead, for example 27.11.2026. Today ends it at once."),
    )
    reason = _words(_("Reason"), _("The other side reads it."))
