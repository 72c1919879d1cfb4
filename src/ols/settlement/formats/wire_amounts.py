"""Amounts as they are written in XML files: a decimal dot, no grouping, two decimals."""

import re

# ISO 20022 allows five decimals; more than two may only be zeros, as there is nothing below a grosz.
_DECIMAL = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2})0{0,3})?")


class NotAnAmount(ValueError):
    """The text is not a plain decimal number of whole grosze."""


def to_wire(amount_gr: int) -> str:
    """Grosze as zloty text: 47000 -> "470.00", -7000 -> "-70.00"."""
    sign = "-" if amount_gr < 0 else ""
    zloty, grosz = divmod(abs(amount_gr), 100)
    return f"{sign}{zloty}.{grosz:02d}"


def from_wire(text: str) -> int:
    """Zloty text of a file as grosze, without floating point.

    Raises `NotAnAmount` for signs, exponents, other scripts' digits and parts of a grosz.
    """
    match = _DECIMAL.fullmatch(text.strip())
    if match is None:
        raise NotAnAmount(text[:40])
    zloty, grosz = match.groups(default="")
    return int(zloty) * 100 + int(grosz.ljust(2, "0"))
