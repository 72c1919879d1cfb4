"""What a clinic's receptionist fills in: who is treated, with what, and steps after the decision."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ols.claims import types
from ols.claims.services.draft import MAX_QUANTITY
from ols.kernel import identifiers
from ols.web.components import fields
from ols.web.components.forms import Form

_DIAGNOSIS = re.compile(r"[A-Z][0-9]{2}(\.[0-9])?[*†]?")
_NEAR_PESEL = range(9, 14)


class Identify(Form):
    """A PESEL or a card number, or else a policy number with the birth date."""

    number = forms.CharField(
        label=_("PESEL or card number"),
        required=False,
        max_length=40,
        help_text=_("Spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"class": "medium number", "autocomplete": "off", "data-focus": True}),
    )
    policy_number = forms.CharField(
        label=_("Policy number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "medium number", "autocomplete": "off"}),
    )
    birth_date = fields.DateField(label=_("Birth date of the insured person"), required=False)

    def clean(self) -> dict[str, Any]:
        """Something must be given to look for."""
        given: dict[str, Any] = self.cleaned_data
        if given.get("number") or self.errors:
            return given
        if not given.get("policy_number"):
            self.add_error("number", _("Enter PESEL or the card number, or below the policy number."))
        elif not given.get("birth_date"):
            self.add_error("birth_date", _("Enter the birth date: several people may have one policy."))
        return given

    def lookup(self) -> types.Lookup:
        """Return by what to look: eleven right digits are a PESEL, anything else a card."""
        number = self.cleaned_data["number"]
        if not number:
            return types.Lookup(
                policy_number=self.cleaned_data["policy_number"], birth_date=self.cleaned_data["birth_date"]
            )
        try:
            return types.Lookup(pesel=identifiers.parse_pesel(number, today=timezone.localdate()))
        except identifiers.IdentifierError:
            return types.Lookup(card_number=number)

    def explain_not_found(self, lookup: types.Lookup) -> bool:
        """Say at the field why a number that looks like a PESEL is none; tell whether it was said."""
        digits = re.sub(r"[\s-]", "", lookup.card_number)
        if not (digits.isascii() and digits.isdigit() and len(digits) in _NEAR_PESEL):
            return False
        try:
            fields.IdentifierField(kind="pesel").clean(digits)
        except forms.ValidationError as error:
            self.add_error("number", error)
        return True


class QuantityField(forms.Field):
    """How many times; cleans to an int from 1 to what the rules can hold."""

    widget = forms.TextInput(attrs={"class": "short number", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int:
        """Return the number; refuse with words what is none."""
        text = str(value or "").strip()
        if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MAX_QUANTITY:
            return int(text)
        message = _("%(label)s: enter a whole number from 1 to %(limit)s.")
        raise forms.ValidationError(message, "RANGE", {"label": self.label, "limit": MAX_QUANTITY})


class Claim(Form):
    """A whole claim but for its codes. Fields of the class `typed` recount the estimate when they change."""

    query = forms.CharField(
        label=_("Service"),
        required=False,
        max_length=60,
        help_text=_("Code or a part of the name, from the accepted price list."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-focus": True}),
    )
    service_date = fields.DateField(label=_("Day of service"))
    practitioner_npwz = fields.IdentifierField(kind="npwz", label=_("Who performs it (NPWZ)"), required=False)
    diagnosis = forms.CharField(
        label=_("Diagnosis (ICD-10)"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    referral_number = forms.CharField(
        label=_("Referral number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )
    referral_date = fields.DateField(label=_("Date of the referral"), required=False)

    def __init__(self, data: Mapping[str, Any], *, quantities: list[str], needs_referral: bool) -> None:
        """Take the names of the fields that hold quantities.

        A referral is asked for only where a service needs one or something is typed there already.
        """
        super().__init__(data)
        if not (needs_referral or data.get("referral_number") or data.get("referral_date")):
            del self.fields["referral_number"], self.fields["referral_date"]
        for number, name in enumerate(quantities, start=1):
            self.fields[name] = QuantityField(label=gettext("Quantity, item %(number)s") % {"number": number})
        self.order_fields(["query", *quantities])
        for name, field in self.fields.items():
            if name != "query":
                field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} typed".strip()

    def clean_diagnosis(self) -> str:
        """Return the code in capitals; an empty one is allowed."""
        code = str(self.cleaned_data["diagnosis"]).strip().upper()
        if code and not _DIAGNOSIS.fullmatch(code):
            raise forms.ValidationError(_("Diagnosis (ICD-10): enter a code like M54 or M54.5."), "PATTERN")
        return code

    def clean_referral_number(self) -> str:
        """Return the number with plain spaces: one pasted from a document often carries others."""
        return " ".join("".join(_visible(sign) for sign in self.cleaned_data["referral_number"]).split())


def _visible(sign: str) -> str:
    return sign if sign.isprintable() else " "


class Close(Form):
    """Why a claim is given up or taken back."""

    remark = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Mapping[str, Any] | None, *, is_required: bool) -> None:
        """A claim taken back after it was performed needs a reason."""
        super().__init__(data)
        self.fields["remark"].required = is_required
        self.fields["remark"].error_messages["required"] = gettext("Reason: say why the claim is taken back.")
