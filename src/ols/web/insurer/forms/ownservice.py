"""The insurer's own services: one of them, a file of them, and the day one is retired."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.catalog.icd9 import Icd9Code
from ols.catalog.own_service import UNIT, OwnService
from ols.catalog.services import ServiceRefused
from ols.web.components import fields
from ols.web.components.forms import DatedForm, Form

MISTAKES = {
    "CODE": ("code", _("Code: use capital letters, digits and single hyphens, 2 to 20 signs.")),
    "NAME": ("name", _("Name: write at least three letters.")),
    "UNIT": ("unit", _("Unit: write at most 20 signs.")),
    "ICD9": ("icd9", _("ICD-9-PL code: write it like 89.02 or C53, or leave it empty.")),
    "ICD9_UNKNOWN": (
        "icd9",
        _("ICD-9-PL code: the dictionary does not have it. Choose a near one below, or correct it."),
    ),
    "ICD9_ENDED": ("icd9", _("ICD-9-PL code: it is not in force today. Choose another one.")),
}
FORM_ONLY = _(
    "For example 89.02 or C53. No dictionary of codes is loaded here: only the form of the code is checked."
)


class Service(Form):
    """Name, unit and ICD-9-PL code of an own service."""

    name = forms.CharField(label=_("Name"), max_length=250)
    unit = forms.CharField(label=_("Unit"), max_length=20, initial=UNIT)
    icd9 = forms.CharField(
        label=_("ICD-9-PL code"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "procedures", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, has_dictionary: bool, **kwargs: Any) -> None:
        """Say what a code is checked against."""
        super().__init__(*args, **kwargs)
        with_words = _("A code like 89.02 or C53, or words of its name. Known codes are suggested.")
        self.fields["icd9"].help_text = with_words if has_dictionary else FORM_ONLY
        self.nearest: tuple[Icd9Code, ...] = ()

    def service(self, code: str) -> OwnService:
        """Return the service with this code."""
        given = self.cleaned_data
        return OwnService(code, given["name"], given["unit"], given["icd9"].strip().upper())

    def explain(self, error: ServiceRefused) -> None:
        """Say at its field what is wrong, and offer the codes that are near."""
        field, words = MISTAKES[error.reason]
        self.add_error(field if field in self.fields else None, words)
        if error.problem is not None:
            self.offer(error.problem.nearest)

    def offer(self, nearest: tuple[Icd9Code, ...]) -> None:
        """Let the page offer these codes."""
        self.nearest = nearest


class NewService(Service):
    """A service that is added."""

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Yours alone, for example TELE-01. It never changes.")
    )
    field_order = ("code", "name", "unit", "icd9")

    def clean_code(self) -> str:
        """Return the code in capital letters."""
        return str(self.cleaned_data["code"]).strip().upper()


class Retirement(DatedForm):
    """The first day on which a service is no longer offered."""

    retired_on = fields.ComingDayField(label=_("No longer offered from"))


class ServiceUpload(Form):
    """A spreadsheet of own services."""

    file = fields.UploadField(
        label=_("File with services"),
        types=("xlsx", "csv"),
        limit_mb=2,
        help_text=_("XLSX or CSV, up to 2 MB."),
    )
