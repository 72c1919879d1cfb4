"""The number that the national invoice system (KSeF) gives an invoice."""

import re
from datetime import date

from ols.kernel.identifiers import errors

_KSEF = re.compile(r"[0-9]{10}-(?P<day>[0-9]{8})-[0-9A-F]{12}-(?P<check>[0-9A-F]{2})")


def parse_ksef_number(text: str) -> str:
    """Return the 35 characters of a KSeF number; its dashes stay, they are part of it.

    :raises IdentifierError: see its codes
    """
    number = "".join(text.split()).upper()
    if not number:
        raise errors.IdentifierError("EMPTY", "KSEF")
    if len(number) != 35:
        raise errors.IdentifierError("LENGTH", "KSEF")
    found = _KSEF.fullmatch(number)
    if found is None:
        raise errors.IdentifierError("PATTERN", "KSEF")
    try:
        date.fromisoformat(found["day"])
    except ValueError as error:
        raise errors.IdentifierError("PATTERN", "KSEF") from error
    if _crc8(number[:32].encode("ascii")) != int(found["check"], 16):
        raise errors.IdentifierError("CHECK_DIGIT", "KSEF")
    return number


def _crc8(data: bytes) -> int:
    """CRC-8 with polynomial 0x07 and start 0x00, as the KSeF documentation gives it."""
    register = 0
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = (register << 1) ^ 0x07 if register & 0x80 else register << 1
            register &= 0xFF
    return register
