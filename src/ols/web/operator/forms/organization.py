"""Narrowing the list of organizations, and the reason with which access is taken away or given back."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.accounts.services.blocking import MAX_REASON
from ols.web.components.forms import Form

KINDS = (
    ("", pgettext_lazy("organizations", "All")),
    ("provider", _("Clinics")),
    ("insurer", _("Insurers")),
    ("operator", _("Operator")),
)
# What one organization is called.
KIND_NAMES = {"provider": _("Clinic"), "insurer": _("Insurer"), "operator": _("Operator")}
STATUSES = (
    ("", pgettext_lazy("statuses", "All")),
    ("active", pgettext_lazy("with access", "Active")),
    ("blocked", pgettext_lazy("without access", "Blocked")),
)


class OrganizationFilter(Form):
    """Kind, access, and a NIP or a part of the name."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    status = forms.ChoiceField(label=_("Access"), choices=STATUSES, required=False)
    text = forms.CharField(label=_("NIP or name"), max_length=100, required=False)

    def wanted(self) -> dict[str, str]:
        """Return the filters as the selector takes them; nonsense in the address narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class AccessChange(Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        help_text=_("It goes by e-mail to the people concerned and stays in the history."),
        error_messages={"required": _("Reason: write why, in a sentence.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
