"""The access application as it is typed."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from ols.onboarding.selectors import PublicApplication
from ols.web.components import fields
from ols.web.components.forms import Form
from ols.web.public.draft import FIELDS


class AccessApplication(Form):
    """„Wniosek o przystąpienie”: the clinic, its numbers, who represents it, contact, extract, terms."""

    name = forms.CharField(label=_("Full name of the clinic"), max_length=250)
    nip = fields.IdentifierField(kind="nip", label="NIP")
    regon = fields.IdentifierField(kind="regon", label="REGON", required=False)
    krs = fields.IdentifierField(kind="krs", label="KRS", required=False)
    register_book_no = fields.IdentifierField(
        kind="rpwdl", label=_("Register book number (RPWDL)"), required=False
    )
    legal_form = forms.CharField(label=_("Legal form"), max_length=120, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=200)
    postal_code = fields.IdentifierField(kind="postal", label=_("Postal code"))
    city = forms.CharField(label=_("Town"), max_length=100)
    representative_name = forms.CharField(
        label=_("First name and surname"),
        max_length=120,
        help_text=_("The person who represents the clinic."),
    )
    representative_function = forms.CharField(
        label=_("Function"), max_length=80, help_text=_("For example: owner, president of the board.")
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link for setting the password goes here."),
        error_messages={"invalid": _("E-mail address: write it as name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = fields.IdentifierField(kind="phone", label=_("Phone"))
    extract = fields.UploadField(
        label=_("Register extract"), required=False, help_text=_("PDF or JPG, at most 10 MB. Not obligatory.")
    )
    accepted = forms.BooleanField(
        label=_("I accept the terms of the platform"),
        error_messages={"required": _("Accept the terms of the platform to send the application.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say a too long text in words."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                for validator in field.validators:
                    if isinstance(validator, MaxLengthValidator):
                        validator.message = _("%(label)s: at most %(limit)s characters.") % {
                            "label": field.label,
                            "limit": field.max_length,
                        }

    def values(self) -> dict[str, str]:
        """Return what was typed, numbers canonical; call after `is_valid`."""
        return {name: str(self.cleaned_data[name] or "").strip() for name in FIELDS}

    def typed(self) -> dict[str, str]:
        """Return what was typed as it is, for a draft that is not right yet."""
        return {name: str(self.data.get(name, ""))[:300] for name in FIELDS}


class ReturnedApplication(AccessApplication):
    """The same form when an application was returned: just what was asked for, each with its remark."""

    def __init__(self, *args: Any, own: PublicApplication, **kwargs: Any) -> None:
        """Leave out what cannot change any more; asked for nothing in particular, the rest may."""
        super().__init__(*args, **kwargs)
        self.own = own
        fixed = {"nip", "register_book_no"}
        if own.asked_fields:
            fixed |= set(self.fields) - {*own.asked_fields, "accepted"}
        for name in fixed:
            del self.fields[name]
        for name, words in own.asked_remarks.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def corrected(self) -> dict[str, str]:
        """Return the whole application: what was typed, the rest as it was."""
        return {
            name: str(self.cleaned_data.get(name) or "").strip()
            if name in self.fields
            else str(getattr(self.own, name))
            for name in FIELDS
        }
