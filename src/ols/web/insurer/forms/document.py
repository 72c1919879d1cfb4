"""What an insurer says of a clinic's new document."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form


class DocumentReturn(Form):
    """Why a document goes back."""

    remark = forms.CharField(
        label=_("Remark for the clinic"),
        max_length=1000,
        help_text=_("What is wrong and what to send instead."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "low"}),
    )
