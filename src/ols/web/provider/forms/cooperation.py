"""What a clinic changes in a co-operation that lasts: its account, its contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.network.selectors import ContractDetail, KnownParameters
from ols.network.services import Contact
from ols.web.components import fields
from ols.web.components.forms import Form


class NewAccount(Form):
    """Another account, and why."""

    iban = fields.IdentifierField(
        kind="nrb",
        label=_("New bank account"),
        help_text=_("26 digits; the insurer pays here once the change is confirmed. Spaces do not matter."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever confirms the change reads it, for example: we have changed our bank."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactFields(Form):
    """Who answers for the terms and for contact with the insurer."""

    contact_name = forms.CharField(
        label=_("Contact person"), max_length=120, help_text=_("The insurer calls or writes to this person.")
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

    @staticmethod
    def initial_of(told: ContractDetail | KnownParameters) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "contact_name": told.contact_name,
            "contact_email": told.contact_email,
            "contact_phone": told.contact_phone,
            "terms_person": told.terms_person,
        }


class ContactPerson(ContactFields):
    """The contact person alone, of a co-operation that lasts."""

    def contact(self) -> Contact:
        """Return the service's argument."""
        return Contact(**self.cleaned_data)
