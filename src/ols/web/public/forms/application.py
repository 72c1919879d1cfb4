"""The access application as it is typed."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ols.catalog import selectors as catalog
from ols.onboarding.draft_values import TEXTS
from ols.onboarding.selectors import DraftRow, PublicApplication
from ols.web.components import fields
from ols.web.components.forms import Form


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
    areas = forms.MultipleChoiceField(
        label=_("Kinds of service"),
        required=False,
        help_text=_("Tick what your clinic does. It may be changed later."),
        widget=forms.CheckboxSelectMultiple,
    )
    extract = fields.UploadField(
        label=_("Register extract"), required=False, help_text=_("PDF or JPG, at most 10 MB.")
    )
    accepted = forms.BooleanField(
        label=_("I accept the terms of the platform"),
        error_messages={"required": _("Accept the terms of the platform to send the application.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds of service; say a too long text in words."""
        super().__init__(*args, **kwargs)
        areas = cast("forms.MultipleChoiceField", self.fields["areas"])
        areas.choices = [(area.code, area.name) for area in catalog.areas()]
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
        return {name: str(self.cleaned_data[name] or "").strip() for name in TEXTS}

    def areas_ticked(self) -> tuple[str, ...]:
        """Return the codes of the kinds of service; call after `is_valid`."""
        return tuple(self.cleaned_data.get("areas", ()))

    def typed(self) -> dict[str, str]:
        """Return what was typed for the draft: right numbers canonical, everything else as it is."""
        texts = {name: self._as_kept(name) for name in TEXTS if name in self.data}
        ticked = self.data.getlist("areas") if isinstance(self.data, QueryDict) else []
        return texts | {"areas": ",".join(sorted(ticked))}

    def _as_kept(self, name: str) -> str:
        text = str(self.data.get(name, ""))
        try:
            return str(self.fields[name].to_python(text) or "")
        except ValidationError:
            return text

    @staticmethod
    def initial_of(kept: Mapping[str, str], terms_uuid: str) -> dict[str, Any]:
        """Return what the values of a draft fill the form in with."""
        ticked = [code for code in kept.get("areas", "").split(",") if code]
        return {**kept, "areas": ticked, "accepted": kept.get("accepted") == terms_uuid}

    @classmethod
    def filled(cls, draft: DraftRow, terms_uuid: str) -> "AccessApplication":
        """Return the form as if the draft had just been sent with it: valid when nothing is missing."""
        form = cls(cls.initial_of(draft.values, terms_uuid))
        form.fit(draft)
        return form

    def fit(self, draft: DraftRow) -> None:
        """Say where the ticks come from. Who is not on the register shows an extract.

        The operator has nothing else to compare the application with.
        """
        if draft.chosen:
            self.fields["areas"].help_text = _("Ticked is what the register says. Change it if need be.")
        self.fields["extract"].required = not draft.chosen and not draft.extract_name


class ResumeLink(Form):
    """Where the link to go on with the application is sent."""

    resume_email = forms.EmailField(
        label=_("E-mail address for the link"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("E-mail address: write it as name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_resume_email(self) -> str:
        """Ask for the address; it is optional only beside the application."""
        email: str = self.cleaned_data["resume_email"]
        if not email:
            raise ValidationError(_("Enter the e-mail address to which we send the link."))
        return email


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
        if "extract" in own.asked_fields:
            self.fields["extract"].required = True
        for name, words in own.asked_remarks.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def areas_corrected(self) -> tuple[str, ...]:
        """Return the kinds of service: what was ticked, or what they were."""
        return self.areas_ticked() if "areas" in self.fields else tuple(self.own.areas)

    def corrected(self) -> dict[str, str]:
        """Return the whole application: what was typed, the rest as it was."""
        return {
            name: str(self.cleaned_data.get(name) or "").strip()
            if name in self.fields
            else str(getattr(self.own, name))
            for name in TEXTS
        }
