"""What may be wrong with an identifier, and how pasted text is cleaned before it is judged."""

import re

_SEPARATORS = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u2060\ufeff\-\u2010\u2011\u2012\u2013\u2014\u2212]")
_DIGITS = re.compile(r"[0-9]+")


class IdentifierError(ValueError):
    """The text is no such identifier; `kind` names which ("NIP", "REGON9", …).

    `code` is EMPTY, CHARACTERS (something but digits), LENGTH, PATTERN (a number that is never issued),
    CHECK_DIGIT, BIRTH_DATE (no such day), FUTURE_BIRTH, COUNTRY or ROUTING.
    """

    def __init__(self, code: str, kind: str) -> None:
        super().__init__(f"{kind}: {code}")
        self.code = code
        self.kind = kind


def without_separators(text: str) -> str:
    """Return the text in capitals without spaces and dashes of any kind."""
    return _SEPARATORS.sub("", text).upper()


def digits(text: str, kind: str, *lengths: int) -> str:
    """Return the ASCII digits of a text that holds nothing else, of one of the lengths.

    :raises IdentifierError: EMPTY, CHARACTERS or LENGTH
    """
    found = without_separators(text)
    if not found:
        raise IdentifierError("EMPTY", kind)
    if not _DIGITS.fullmatch(found):
        raise IdentifierError("CHARACTERS", kind)
    if len(found) not in lengths:
        raise IdentifierError("LENGTH", kind)
    return found


def weighted_sum(number: str, weights: tuple[int, ...]) -> int:
    """Return the sum of the first digits, each multiplied by its weight."""
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
