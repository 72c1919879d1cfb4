"""Why a line of a register file was refused, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_REASONS: dict[str, str | Promise] = {
    "REQUIRED": _("The field is empty and has to be filled in."),
    "EMPTY": _("The field is empty and has to be filled in."),
    "CHARACTERS": _("The number has other characters than digits."),
    "LENGTH": _("The number has a wrong count of digits."),
    "PATTERN": _("Such a number is given to nobody."),
    "CHECK_DIGIT": _("The check digit does not agree."),
    "NOT_A_DATE": _("This is no date."),
    "NO_SUCH_DAY": _("There is no such day in the calendar."),
    "YEAR_OUT_OF_RANGE": _("The year lies out of range."),
    "NOT_ON_LIST": _("The value is not on the closed list."),
    "NOT_AN_ADDRESS": _("The address is not written as: street number, NN-NNN town."),
    "NOT_DIGITS": _("The code has a wrong count of digits or other characters."),
    "NOT_A_NUMBER": _("This is no number from 0 to 9999."),
    "TOO_LONG": _("The text is too long."),
    "CONTROL_CHARACTERS": _("The text holds characters that cannot be shown."),
    "FIELD_COUNT": _("The line has more or fewer fields than the header."),
    "TWICE_IN_FILE": _("An earlier line describes the same thing."),
    "NO_ENTITY": _("The file has no good line of the entity it belongs to."),
}


def refused_line(code: str) -> str:
    """Return the sentence for a code of the import."""
    return str(_REASONS.get(code, code))
