"""Identifying numbers: pasted with any spaces and dashes, checked, kept canonical, shown grouped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.kernel import identifiers

MESSAGES = {
    "EMPTY": _("%(name)s: enter the number."),
    "CHARACTERS": _("%(name)s: use digits only; spaces and dashes do not matter."),
    "LENGTH": _("%(name)s has %(length)s digits; %(entered)s entered."),
    "PATTERN": _("%(name)s: such a number is given to nobody. Check every digit."),
    "CHECK_DIGIT": _("%(name)s: the digits do not agree with each other. Compare them with the document."),
    "CHECKSUM": _("%(name)s: the digits do not agree with each other. Compare them with the document."),
    "COUNTRY": _("%(name)s: only accounts in Polish banks can be used."),
    "ROUTING": _("%(name)s: no bank has such a number. Check digits 3 to 10."),
    "BIRTH_DATE": _("%(name)s: the birth date in it does not exist. Check the first six digits."),
    "FUTURE_BIRTH": _("%(name)s: the birth date in it is in the future. Check the first six digits."),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of number is called, read and shown."""

    name: str | Promise
    length: str | Promise
    parse: Callable[[str], str]
    show: Callable[[str], str]


def _show_nrb(number: str) -> str:
    return identifiers.format_nrb(number).removeprefix("PL")


def _parse_pesel(text: str) -> str:
    return identifiers.parse_pesel(text, today=timezone.localdate())


KINDS: dict[str, Kind] = {
    "nip": Kind("NIP", "10", identifiers.parse_nip, identifiers.format_nip),
    "regon": Kind("REGON", _("9 or 14"), identifiers.parse_regon, identifiers.format_regon),
    "pesel": Kind("PESEL", "11", _parse_pesel, identifiers.format_pesel),
    "nrb": Kind(_("The account number"), "26", identifiers.parse_nrb, _show_nrb),
    "krs": Kind("KRS", "10", identifiers.parse_krs, str),
    "rpwdl": Kind(_("The register book number"), "12", identifiers.parse_rpwdl, str),
    "npwz": Kind("NPWZ", "7", identifiers.parse_npwz, str),
    "postal": Kind(_("The postal code"), "5", identifiers.parse_postal_code, str),
    "phone": Kind(_("The phone number"), "9", identifiers.parse_phone, identifiers.format_phone),
}


def _refusal(code: str, kind: str, text: str) -> ValidationError:
    """Say what is wrong with the text; `entered` counts its digits."""
    values = {
        "name": KINDS[kind].name,
        "length": KINDS[kind].length,
        "entered": sum(character.isdigit() for character in text),
    }
    return ValidationError(MESSAGES[code], code, values)


class IdentifierField(forms.Field):
    """One kind of number; cleans to its canonical form, or "" when empty and not required."""

    widget = forms.TextInput(attrs={"class": "medium number", "autocomplete": "off", "spellcheck": "false"})

    def __init__(self, *, kind: str, **options: Any) -> None:
        """Take the kind: nip, regon, pesel, nrb, krs, rpwdl, npwz, postal or phone."""
        super().__init__(**options)
        self.kind = kind
        self.widget.attrs.setdefault("inputmode", "tel" if kind == "phone" else "numeric")

    def to_python(self, value: Any) -> str:
        """Return the canonical number; refuse with words what is none."""
        text = str(value or "").strip()
        if not text:
            return ""
        try:
            return KINDS[self.kind].parse(text)
        except identifiers.IdentifierError as error:
            raise _refusal(error.code, self.kind, text) from error

    def prepare_value(self, value: Any) -> Any:
        """Show a right number grouped; a wrong one stays as typed."""
        try:
            kind = KINDS[self.kind]
            return kind.show(kind.parse(value)) if isinstance(value, str) else value
        except identifiers.IdentifierError:
            return value
