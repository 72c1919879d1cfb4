"""Numbers of people: PESEL and the licence to practise (NPWZ)."""

import re
from datetime import date
from typing import NamedTuple

from stdnum import exceptions
from stdnum.pl import pesel as rules

from ols.kernel.identifiers import errors

# Supreme Medical Chamber: the check digit comes first, over the six digits that follow it.
NPWZ_WEIGHTS = (1, 2, 3, 4, 5, 6)
_NURSE = re.compile(r"[0-9]{7}[PA]")


class PeselFacts(NamedTuple):
    """What a PESEL says: the birth date, and "F" or "M"."""

    birth: date
    sex: str


def parse_pesel(text: str, *, today: date) -> str:
    """Return the eleven digits of the number of a person who is born by today.

    :raises IdentifierError: see its codes
    """
    number = errors.digits(text, "PESEL", 11)
    if rules.calc_check_digit(number[:-1]) != number[-1]:
        raise errors.IdentifierError("CHECK_DIGIT", "PESEL")
    try:
        birth = rules.get_birth_date(number)
    except exceptions.InvalidComponent as error:
        raise errors.IdentifierError("BIRTH_DATE", "PESEL") from error
    if birth > today:
        raise errors.IdentifierError("FUTURE_BIRTH", "PESEL")
    return number


def pesel_facts(pesel: str) -> PeselFacts:
    """Read a canonical PESEL."""
    return PeselFacts(rules.get_birth_date(pesel), rules.get_gender(pesel))


def format_pesel(pesel: str) -> str:
    """Group for people: 850715 12324."""
    return f"{pesel[:6]} {pesel[6:]}"


def mask_pesel(pesel: str) -> str:
    """Hide all but the last four digits."""
    return "*" * (len(pesel) - 4) + pesel[-4:]


def parse_npwz(text: str) -> str:
    """Return the licence number of a doctor or dentist, a nurse or a midwife.

    :raises IdentifierError: see its codes
    """
    if errors.without_separators(text)[-1:].isalpha():
        return parse_npwz_nurse(text)
    return parse_npwz_doctor(text)


def parse_npwz_doctor(text: str) -> str:
    """Return the seven digits of a doctor's or dentist's licence.

    :raises IdentifierError: see its codes
    """
    number = errors.digits(text, "NPWZ", 7)
    if number[0] == "0":
        raise errors.IdentifierError("PATTERN", "NPWZ")
    if errors.weighted_sum(number[1:], NPWZ_WEIGHTS) % 11 != int(number[0]):
        raise errors.IdentifierError("CHECK_DIGIT", "NPWZ")
    return number


def parse_npwz_nurse(text: str) -> str:
    """Return the seven digits and the letter (P nurse, A midwife); it has no check digit.

    :raises IdentifierError: see its codes
    """
    number = errors.without_separators(text)
    if not number:
        raise errors.IdentifierError("EMPTY", "NPWZ")
    if not _NURSE.fullmatch(number):
        raise errors.IdentifierError("LENGTH" if number[-1] in "PA" else "CHARACTERS", "NPWZ")
    if not number[:-1].strip("0"):
        raise errors.IdentifierError("PATTERN", "NPWZ")
    return number
