"""What a claims handler types about a claim held for a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form


class Approval(Form):
    """A remark for the clinic, if any."""

    prefix = "approval"  # the refusal stands on the same page
    remark = forms.CharField(
        label=_("Remarks"),
        required=False,
        max_length=500,
        help_text=_("The clinic sees them. They may be left out."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Denial(Form):
    """Why the claim is refused."""

    remark = forms.CharField(
        label=_("Reason for the refusal"),
        max_length=500,
        help_text=_("The clinic sees it. Name the point of the terms it rests on."),
        error_messages={"required": _("Reason for the refusal: say in words why the claim is refused.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
