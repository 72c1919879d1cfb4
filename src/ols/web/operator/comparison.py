"""An application beside its register entry, row by row."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.kernel import identifiers
from ols.onboarding.selectors import COMPARED, ApplicationDetail

LABELS: dict[str, str | Promise] = {
    "name": _("Name"),
    "nip": "NIP",
    "regon": "REGON",
    "krs": "KRS",
    "register_book_no": _("Register book"),
    "legal_form": _("Legal form"),
    "street": _("Street and number"),
    "postal_code": _("Postal code"),
    "city": _("Town"),
    "phone": _("Phone"),
    "email": _("E-mail address"),
}


def show_phone(number: str) -> str:
    """Group a canonical number; the register writes them as it likes."""
    return identifiers.format_phone(number) if number.startswith("+") else number


_SHOWN = {
    "nip": identifiers.format_nip,
    "regon": identifiers.format_regon,
    "phone": show_phone,
}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One field as the applicant and the register say it."""

    label: str | Promise
    said: str
    known: str
    differs: bool


def rows(found: ApplicationDetail) -> list[ComparedRow]:
    """Return the fields both sides have, in the order of the form."""
    return [
        ComparedRow(
            label=LABELS[name],
            said=show(name, getattr(found.application, name)),
            known=show(name, getattr(found.entry, name)) if found.entry else "",
            differs=name in found.differences,
        )
        for name in COMPARED
    ]


def show(name: str, value: str) -> str:
    """Return a value as people read it: numbers grouped."""
    return _SHOWN[name](value) if value and name in _SHOWN else value
