"""The search in words: what a number was taken for, what is wrong with it, and how an entity stands."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ols.kernel import identifiers
from ols.registry import selectors as registry
from ols.registry.selectors import EntryRow, Found
from ols.web.components.shapes import Tag

_NAMES: Final[Mapping[str, str | Promise]] = {
    "NIP": "NIP",
    "REGON9": "REGON",
    "REGON14": gettext_lazy("REGON of a facility"),
    "RPWDL": gettext_lazy("register book number (RPWDL)"),
    "KRS": "KRS",
    "NPWZ": gettext_lazy("licence to practise (NPWZ)"),
}
_RPWDL_DIGITS: Final = 12
_PESEL_DIGITS: Final = 11
_LENGTHS: Final[Mapping[str, str | Promise]] = {
    "NIP": "10",
    "REGON9": "9",
    "REGON14": "14",
    "RPWDL": "12",
    "KRS": "10",
    "NPWZ": "7",
}
_WRONG: Final[Mapping[tuple[str, str], str | Promise]] = {
    ("NIP", "CHECK_DIGIT"): gettext_lazy(
        "Read as NIP: the last digit does not agree with the others. Compare all ten with the document."
    ),
    ("NIP", "PATTERN"): gettext_lazy("Read as NIP: no NIP begins like this. Check the first three digits."),
    ("REGON9", "CHECK_DIGIT"): gettext_lazy(
        "Read as REGON: the last digit does not agree with the others. Compare all nine with the document."
    ),
    ("REGON14", "CHECK_DIGIT"): gettext_lazy(
        "Read as REGON of a facility: the last digit does not agree with the others. Compare all fourteen."
    ),
    ("NPWZ", "CHECK_DIGIT"): gettext_lazy(
        "Read as NPWZ: the first digit does not agree with the six after it."
        " If it is another number, write KRS or RPWDL before it."
    ),
    ("NPWZ", "PATTERN"): gettext_lazy(
        "Read as NPWZ: no NPWZ begins with 0. If it is another number, write KRS or RPWDL before it."
    ),
}
_KINDS: Final[Mapping[str, str | Promise]] = {
    "medical-entity": gettext_lazy("medical entity"),
    "doctor-practice": gettext_lazy("doctor's practice"),
    "nurse-practice": gettext_lazy("nurse's practice"),
    "physiotherapist-practice": gettext_lazy("physiotherapist's practice"),
}


def taken_for(found: Found) -> str:
    """Say what a number was taken for, with the number as people write it; empty for a name."""
    return f"{_NAMES[found.kind]} {_shown(found)}" if found.kind else ""


def why_so(found: Found, text: str) -> str:
    """Say why a number that could be two things was taken for this one; who named it knows."""
    if any(sign.isalpha() for sign in text):
        return ""
    if found.kind == "KRS":
        return _("Ten digits that begin with 0 are a KRS number: no NIP begins with 0.")
    if found.kind == "RPWDL" and sum(sign.isdigit() for sign in text) < _RPWDL_DIGITS:
        return _("Up to six digits are a register book number without its zeros.")
    if found.kind == "NPWZ":
        return _("Seven digits are an NPWZ. If it is another number, write KRS or RPWDL before it.")
    return ""


def problem(text: str) -> str:
    """Say what is wrong with what was typed; empty when it can be searched for."""
    if registry.is_name(text):
        return "" if registry.can_be_found(text) else _("Enter at least three letters of a word.")
    recognized = identifiers.recognize(text)
    return _wrong(text, recognized) if recognized.error else ""


def _wrong(text: str, recognized: identifiers.Recognized) -> str:
    code = recognized.error or ""
    if code == "EMPTY":
        return _("Enter a number or the name of the clinic.")
    if code == "CHARACTERS":
        signs = ", ".join(
            dict.fromkeys(sign for sign in text if not sign.isdigit() and sign not in " -\u00a0")
        )
        return _("A number has digits only; this is not one: %(signs)s.") % {"signs": signs}
    if code == "LENGTH":
        return _wrong_length(text, recognized.kind)
    if recognized.kind == "REGON14" and not _is_regon9(text):
        return _("Read as REGON of a facility: its first nine digits are no REGON. Compare all fourteen.")
    known = _WRONG.get((recognized.kind, code))
    return str(known) if known else _("Such a number is given to nobody. Check every digit.")


def _wrong_length(text: str, kind: str) -> str:
    entered = sum(sign.isdigit() for sign in text)
    if kind:
        values = {"name": _NAMES[kind], "length": _LENGTHS[kind], "entered": entered}
        return _("Read as %(name)s: it has %(length)s digits; %(entered)s entered.") % values
    if entered == _PESEL_DIGITS:
        return _("Eleven digits are a PESEL. A person's number is not needed here: do not enter it.")
    return _(
        "No number has %(entered)s digits."
        " NIP and KRS have 10, REGON 9 or 14, the register book number 12, NPWZ 7."
    ) % {"entered": entered}


def _is_regon9(text: str) -> bool:
    digits = "".join(sign for sign in text if sign.isdigit())
    try:
        identifiers.parse_regon9(digits[:9])
    except identifiers.IdentifierError:
        return False
    return True


def _shown(found: Found) -> str:
    if found.kind == "NIP":
        return identifiers.format_nip(found.number)
    return identifiers.format_regon(found.number) if found.kind.startswith("REGON") else found.number


def kind_of(row: EntryRow) -> str:
    """Name the kind of entity."""
    return str(_KINDS.get(row.entity_kind, row.entity_kind))


def standing_of(row: EntryRow, *, on: date) -> Tag:
    """Say how the entity stands in the register that day."""
    return {
        registry.PRESENT: Tag(pgettext("register", "entered"), "ok", "circle-check"),
        registry.ENDED: Tag(pgettext("register", "ended"), "", "circle-x"),
        registry.STRUCK_OFF: Tag(pgettext("register", "struck off"), "bad", "ban"),
        registry.VANISHED: Tag(pgettext("register", "no longer there"), "warn", "triangle-alert"),
    }[row.standing(on)]


def since(row: EntryRow, *, on: date) -> date | None:
    """Return from which day on the entity is no longer there."""
    return {
        registry.ENDED: row.active_to,
        registry.STRUCK_OFF: row.struck_off_on,
        registry.VANISHED: row.vanished_on,
    }.get(row.standing(on))


def refusal(row: EntryRow, *, on: date) -> str:
    """Say why the entity cannot be chosen."""
    return {
        registry.ENDED: _("By the register this entity ended its activity."),
        registry.STRUCK_OFF: _("This entity was struck off the register."),
        registry.VANISHED: _("The newest state of the register no longer has this entity."),
    }[row.standing(on)]
