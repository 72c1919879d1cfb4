"""What a clinic fills in for an offer of co-operation."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ols.kernel import days
from ols.network.selectors import ContractDetail
from ols.network.services import Parameters
from ols.web.components import fields
from ols.web.components.forms import Form


class OfferParameters(Form):
    """„Parametry”."""

    starts_on = fields.DateField(
        label=_("Co-operation from"), help_text=_("From today up to a year ahead, for example 27.11.2026.")
    )
    iban = fields.IdentifierField(
        kind="nrb",
        label=_("Bank account"),
        help_text=_("26 digits; the insurer pays here. Spaces do not matter."),
    )
    contact_name = forms.CharField(
        label=_("Contact person"),
        max_length=120,
        help_text=_("The insurer calls or writes to this person."),
    )
    contact_email = forms.EmailField(
        label=_("E-mail of the contact person"),
        max_length=254,
        error_messages={"invalid": _("E-mail: enter an address such as clinic@example.org.")},
    )
    contact_phone = fields.IdentifierField(kind="phone", label=_("Phone of the contact person"))
    terms_person = forms.CharField(
        label=_("Person who answers for the terms"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty when it is the contact person."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know the day from which a start is counted."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_starts_on(self) -> date:
        """Refuse a start in the past or more than a year ahead."""
        day: date = self.cleaned_data["starts_on"]
        last = days.add_years(self.today, 1)
        if not self.today <= day <= last:
            raise ValidationError(
                _("Co-operation from: choose a day from %(first)s to %(last)s."),
                params={"first": days.format_date(self.today), "last": days.format_date(last)},
            )
        return day

    @staticmethod
    def initial_of(detail: ContractDetail) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "starts_on": detail.row.starts_on,
            "iban": detail.iban,
            "contact_name": detail.contact_name,
            "contact_email": detail.contact_email,
            "contact_phone": detail.contact_phone,
            "terms_person": detail.terms_person,
        }

    def parameters(self) -> Parameters:
        """Return the service's argument."""
        return Parameters(**self.cleaned_data)
