"""What is typed about policies: a search and a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import Form


class PolicySearch(Form):
    """A PESEL, or the beginning of a policy number, card number or surname. Sent by POST only."""

    text = forms.CharField(
        label=_("Find"),
        required=False,
        max_length=60,
        help_text=_("PESEL, policy number, card number or surname"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PolicyFile(Form):
    """A semicolon CSV of insured people."""

    file = fields.UploadField(
        label=_("Policy file"),
        types=("csv", "txt"),
        limit_mb=200,
        help_text=_("CSV with semicolons, UTF-8 or Windows-1250, one insured person a line."),
    )
