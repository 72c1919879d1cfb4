"""Why a row of a file with limits, needs or services is wrong, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_ROW = {
    "UNKNOWN_CODE": gettext_noop("the area has no service with this code"),
    "DUPLICATE": gettext_noop("the code stands in an earlier row"),
    "ZERO": gettext_noop("a limit is above zero; a dash means: no limit"),
    "NOT_A_NUMBER": gettext_noop("this is no amount"),
    "TOO_MANY_DECIMALS": gettext_noop("more than two digits after the comma"),
    "TOO_BIG": gettext_noop("the amount is too big"),
    "NEGATIVE": gettext_noop("the amount has a minus"),
    "AMBIGUOUS": gettext_noop("dots between thousands; write 1234,50"),
}


def refused_row(reason: str) -> str:
    """Return what is wrong with a row."""
    return _(_ROW[reason])


_NEED = {
    "PLACE": gettext_noop("there is no such voivodeship"),
    "AREA": gettext_noop("there is no such area"),
    "NUMBER": gettext_noop("this is no whole number from 0 up"),
    "TOO_BIG": gettext_noop("more than 9999 clinics"),
    "DUPLICATE": gettext_noop("the voivodeship and area stand in an earlier row"),
}


def refused_need(reason: str) -> str:
    """Return what is wrong with a row of a file of needs."""
    return _(_NEED[reason])


_SERVICE = {
    "CODE": gettext_noop("the code needs capital letters, digits and single hyphens"),
    "NAME": gettext_noop("the name has from 3 to 250 characters"),
    "UNIT": gettext_noop("the unit is too long"),
    "ICD9": gettext_noop("the ICD-9-PL code has another shape"),
    "ICD9_UNKNOWN": gettext_noop("the dictionary does not have the ICD-9-PL code"),
    "ICD9_ENDED": gettext_noop("the ICD-9-PL code is not in force today"),
    "TAKEN": gettext_noop("another service has the code"),
    "DUPLICATE": gettext_noop("the code stands in an earlier row"),
}


def refused_service(reason: str) -> str:
    """Return what is wrong with a row of a file of services."""
    return _(_SERVICE[reason])
