"""Narrowing the list of organizations."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.web.components.forms import Form

KINDS = (
    ("", pgettext_lazy("organizations", "All")),
    ("provider", _("Clinics")),
    ("insurer", _("Insurers")),
    ("operator", _("Operator")),
)


class OrganizationFilter(Form):
    """Kind, and a NIP or a part of the name."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    text = forms.CharField(label=_("NIP or name"), max_length=100, required=False)
