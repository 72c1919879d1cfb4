"""Numbers of firms and medical entities: NIP, REGON, KRS and the register book (RPWDL)."""

import re

from stdnum.pl import nip, regon

from ols.kernel.identifiers import errors

# The tax office's own XSD; it also refuses the zeros that pass the checksum.
_NIP = re.compile(r"[1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}")


def parse_nip(text: str) -> str:
    """Return the ten digits of a tax number; a leading PL (its VAT-EU form) is dropped.

    :raises IdentifierError: see its codes
    """
    number = errors.digits(errors.without_separators(text).removeprefix("PL"), "NIP", 10)
    if not _NIP.fullmatch(number):
        raise errors.IdentifierError("PATTERN", "NIP")
    if not nip.is_valid(number):
        raise errors.IdentifierError("CHECK_DIGIT", "NIP")
    return number


def parse_regon(text: str) -> str:
    """Return the 9 or 14 digits of a statistical number.

    :raises IdentifierError: see its codes; its kind is REGON9 or REGON14
    """
    if len(errors.without_separators(text)) > 9:
        return parse_regon14(text)
    return parse_regon9(text)


def parse_regon9(text: str) -> str:
    """Return the nine digits of an entity's REGON.

    :raises IdentifierError: see its codes
    """
    return _checked_regon(errors.digits(text, "REGON9", 9), "REGON9")


def parse_regon14(text: str) -> str:
    """Return the fourteen digits of a local unit's REGON; its first nine are the entity's.

    :raises IdentifierError: see its codes
    """
    return _checked_regon(errors.digits(text, "REGON14", 14), "REGON14")


def parse_krs(text: str) -> str:
    """Return the ten digits of a court-register number, padded with zeros.

    :raises IdentifierError: see its codes
    """
    return _padded(text, "KRS", 10)


def parse_rpwdl(text: str) -> str:
    """Return the twelve digits of a register-book number, padded with zeros.

    :raises IdentifierError: see its codes
    """
    return _padded(text, "RPWDL", 12)


def format_nip(number: str) -> str:
    """Group for people: 526-000-12-46."""
    return f"{number[:3]}-{number[3:6]}-{number[6:8]}-{number[8:]}"


def format_regon(number: str) -> str:
    """Group for people: 241 371 988, and 241 371 988 00018 for a local unit."""
    return " ".join(part for part in (number[:3], number[3:6], number[6:9], number[9:]) if part)


def _checked_regon(number: str, kind: str) -> str:
    if number.startswith("000000000"):
        raise errors.IdentifierError("PATTERN", kind)
    if not regon.is_valid(number):
        raise errors.IdentifierError("CHECK_DIGIT", kind)
    return number


def _padded(text: str, kind: str, length: int) -> str:
    number = errors.digits(text, kind, *range(1, length + 1)).zfill(length)
    if not number.strip("0"):
        raise errors.IdentifierError("PATTERN", kind)
    return number
