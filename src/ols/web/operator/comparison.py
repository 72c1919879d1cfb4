"""An application beside its register entry, row by row, with the words that differ marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.kernel import identifiers
from ols.onboarding.selectors import COMPARED, ApplicationDetail
from ols.web.components.marked import Piece, differences
from ols.web.components.shapes import Tag

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
_DIFFERS = Tag(_("differs"), "warn", "triangle-alert")
_NOT_KNOWN = Tag(_("not in the register"), "", "minus")
_NOT_SAID = Tag(_("not in the application"), "warn", "minus")


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
    """One field as the applicant and the register say it; `tag` says how they differ, if they do."""

    name: str
    label: str | Promise
    said: Sequence[Piece]
    known: Sequence[Piece]
    tag: Tag | None


def rows(found: ApplicationDetail) -> list[ComparedRow]:
    """Return the fields both sides have, in the order of the form."""
    return [_row(found, name) for name in COMPARED]


def _row(found: ApplicationDetail, name: str) -> ComparedRow:
    said = show(name, getattr(found.application, name))
    known = show(name, getattr(found.entry, name)) if found.entry else ""
    if name not in found.differences:
        return ComparedRow(name, LABELS[name], [Piece(said, False)], [Piece(known, False)], None)
    if not said or not known:
        tag = _NOT_KNOWN if said else _NOT_SAID
        return ComparedRow(name, LABELS[name], [Piece(said, False)], [Piece(known, False)], tag)
    return ComparedRow(name, LABELS[name], *differences(said, known), _DIFFERS)


def show(name: str, value: str) -> str:
    """Return a value as people read it: numbers grouped."""
    return _SHOWN[name](value) if value and name in _SHOWN else value
