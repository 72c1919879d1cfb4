"""Why a policy file or one of its lines was refused, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_FILE = {
    "EMPTY": gettext_noop("The file is empty. Choose another one."),
    "TOO_BIG": gettext_noop("The file is too big. Split it and import the parts."),
    "NOT_TEXT": gettext_noop("The file is not a text file. Save it as CSV and add it once more."),
    "NOT_CSV": gettext_noop("The file is not a whole CSV: a quotation mark is not closed."),
    "MISSING_COLUMNS": gettext_noop("The file lacks columns: %(detail)s."),
}
_LINE = {
    "BEFORE_START": gettext_noop("the cover ends before it begins"),
    "BIRTH_DATE": gettext_noop("the number holds no day of birth"),
    "CHARACTERS": gettext_noop("the number holds other characters than digits"),
    "CHECK_DIGIT": gettext_noop("the check digit is wrong: a digit was mistyped"),
    "COLUMN_COUNT": gettext_noop("the line has too many or too few columns"),
    "EMPTY": gettext_noop("the value is missing"),
    "FUTURE_BIRTH": gettext_noop("the day of birth lies in the future"),
    "LENGTH": gettext_noop("the number has too many or too few digits"),
    "NOT_A_DATE": gettext_noop("this is not a date"),
    "NO_SUCH_DAY": gettext_noop("there is no such day in the calendar"),
    "OVERLAPS": gettext_noop("the person has another cover under this policy on some of these days"),
    "PATTERN": gettext_noop("the number has another shape"),
    "TOO_LONG": gettext_noop("the value is too long"),
    "TWICE_IN_FILE": gettext_noop("the same cover stands in an earlier line"),
    "UNKNOWN_PLAN": gettext_noop("there is no active plan with this code"),
    "YEAR_OUT_OF_RANGE": gettext_noop("the year cannot be right"),
}


def broken_file(code: str, detail: str) -> str:
    """Return the sentence for a file that cannot be read at all."""
    return f"{_(_FILE[code]) % {'detail': detail}} {_('Nothing was changed.')}"


def refused_line(code: str) -> str:
    """Return why one line was refused."""
    return _(_LINE[code])
