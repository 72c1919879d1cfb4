"""A file of the register; the search in what an import changed; words about an alert."""

from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.registry.states import CHANGES
from ols.web.components import fields
from ols.web.components.forms import Form


class RegisterFile(Form):
    """The file and the day whose state it holds."""

    file = fields.UploadField(
        label=_("Register file"),
        types=("csv", "txt"),
        limit_mb=200,
        help_text=_("CSV with semicolons, UTF-8 or Windows-1250."),
    )
    snapshot_date = fields.DateField(
        label=_("State of the register on"), required=False, help_text=_("Empty: today.")
    )


class Wanted(TypedDict):
    """What of an import is wanted."""

    kind: str
    text: str


class ChangeSearch(Form):
    """Words of a name or a town, digits of a NIP or a register book; the kind stays as it is."""

    text = forms.CharField(
        label=_("Name, town, NIP or register book"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        """Return kind and words; what cannot be read filters nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        kind = given.get("kind") or ""
        return {"kind": kind if kind in CHANGES else "", "text": given.get("text") or ""}


class AlertHandling(Form):
    """What was done about a facility that left the register."""

    remark = forms.CharField(
        label=_("What was done"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other operators see these words, with your name."),
        error_messages={"required": _("Write what was done.")},
    )
