"""What the operator enters about a new insurer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.accounts import services as accounts
from ols.web.components import fields
from ols.web.components.insurer_account import InsurerAccount


class NewInsurer(InsurerAccount):
    """The insurer and its first administrator."""

    name = forms.CharField(label=_("Name of the insurer"), max_length=250)
    nip = fields.IdentifierField(kind="nip", label="NIP")
    street = forms.CharField(label=_("Street and number"), max_length=200)
    postal_code = fields.IdentifierField(kind="postal", label=_("Postal code"))
    city = forms.CharField(label=_("Town"), max_length=100)
    email = forms.EmailField(
        label=_("E-mail of the office"),
        error_messages={"invalid": _("E-mail of the office: enter an address like name@example.org.")},
    )
    phone = fields.IdentifierField(kind="phone", label=_("Phone"))
    administrator = forms.CharField(label=_("First name and surname"), max_length=120)
    administrator_email = forms.EmailField(
        label=_("E-mail of the administrator"),
        help_text=_("The link to set a password goes there."),
        error_messages={"invalid": _("E-mail of the administrator: enter an address like name@example.org.")},
    )
    field_order = (
        "name", "nip", "street", "postal_code", "city", "email", "phone", "iban", "office_opens",
        "office_closes", "administrator", "administrator_email",
    )  # fmt: skip

    def insurer(self) -> accounts.InsurerData:
        """Return the insurer as the service takes it."""
        given = dict(self.cleaned_data)
        del given["administrator"], given["administrator_email"]
        return accounts.InsurerData(**given)
