"""What a clinic says about itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.kernel import identifiers
from ols.registry.selectors import FacilityRow
from ols.registry.services import FacilityData
from ols.web.components import fields
from ols.web.components.forms import Form


class ConfirmData(Form):
    """„Potwierdzam poprawność danych”."""

    confirmed = forms.BooleanField(
        label=_("I confirm that the data are right"),
        error_messages={"required": _("Tick that the data are right, or change them first.")},
    )


class EditData(Form):
    """The data a clinic may change itself."""

    name = forms.CharField(label=_("Name of the clinic"), max_length=300)
    street = forms.CharField(label=_("Street and number"), max_length=200)
    postal_code = fields.IdentifierField(kind="postal", label=_("Postal code"))
    city = forms.CharField(label=_("Town"), max_length=100)
    phone = fields.IdentifierField(kind="phone", label=_("Phone"))
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"invalid": _("E-mail: enter an address such as clinic@example.org.")},
    )

    @staticmethod
    def initial_of(row: FacilityRow) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "name": row.name,
            "street": row.street,
            "postal_code": row.postal_code,
            "city": row.city,
            "phone": identifiers.format_phone(row.phone) if row.phone else "",
            "email": row.email,
        }

    def data_of_facility(self) -> FacilityData:
        """Return the service's argument."""
        return FacilityData(**self.cleaned_data)
