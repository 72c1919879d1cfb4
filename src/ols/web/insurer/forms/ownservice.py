"""The insurer's own services: one of them, a file of them, and the day one is retired."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.catalog.own_service import UNIT, OwnService
from ols.web.components import fields
from ols.web.components.forms import DatedForm, Form

MISTAKES = {
    "CODE": ("code", _("Code: use capital letters, digits and single hyphens, 2 to 20 signs.")),
    "NAME": ("name", _("Name: write at least three letters.")),
    "UNIT": ("unit", _("Unit: write at most 20 signs.")),
    "ICD9": ("icd9", _("ICD-9-PL code: write it like 89.02 or C53, or leave it empty.")),
}


class Service(Form):
    """Name, unit and ICD-9-PL code of an own service."""

    name = forms.CharField(label=_("Name"), max_length=250)
    unit = forms.CharField(label=_("Unit"), max_length=20, initial=UNIT)
    icd9 = forms.CharField(
        label=_("ICD-9-PL code"), max_length=9, required=False, help_text=_("For example 89.02 or C53.")
    )

    def service(self, code: str) -> OwnService:
        """Return the service with this code."""
        given = self.cleaned_data
        return OwnService(code, given["name"], given["unit"], given["icd9"].strip().upper())

    def explain(self, reason: str) -> None:
        """Say at its field what is wrong."""
        field, words = MISTAKES[reason]
        self.add_error(field if field in self.fields else None, words)


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
