"""Strict reading of JSON: every value is judged, every key must be known, nothing is converted silently."""

import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Longer numbers are wrong anyway; reading them exactly could take minutes.
_LONGEST_INTEGER = 30
_OUT_OF_BOUNDS: int = 10**_LONGEST_INTEGER


class CaseError(ValueError):
    """A case that cannot be decided: where (`lines[0].billed`, empty for the whole) and why, in words."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class Members(dict[str, Any]):
    """A JSON object that remembers whether a key was given twice."""

    repeated: str | None = None


class Fields:
    """The fields of one JSON object, taken one by one; `finish` refuses what nobody took."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, Members):
            raise CaseError(path, "must be an object")
        self._path = path
        if value.repeated is not None:
            raise CaseError(self.path(value.repeated), "is given twice")
        self._left = dict(value)

    def path(self, key: str) -> str:
        """Return where the key is, for messages."""
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        """Say whether the key is given and not taken yet."""
        return key in self._left

    def take(self, key: str) -> object:
        """Return the raw value of a key that must be there."""
        if key not in self._left:
            raise CaseError(self.path(key), "is missing")
        return self._left.pop(key)

    def integer(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        """Return a whole number within bounds; without a default the key must be there."""
        if default is not None and not self.has(key):
            return default
        value = self.take(key)
        if type(value) is not int:
            raise CaseError(self.path(key), "must be a whole number")
        if not least <= value <= most:
            raise CaseError(self.path(key), f"must be from {least} to {most}")
        return value

    def percent(self, key: str, default: int) -> int:
        """Return a percentage (0 to 100, at most two decimals) as basis points; the default is in them."""
        if not self.has(key):
            return default
        value = self.take(key)
        if type(value) is int:
            value = Decimal(value)
        if not isinstance(value, Decimal) or not value.is_finite():
            raise CaseError(self.path(key), "must be a number")
        if not 0 <= value <= 100:
            raise CaseError(self.path(key), "must be from 0 to 100")
        basis_points = _exact_hundredths(value)
        if basis_points is None:
            raise CaseError(self.path(key), "must have at most two decimals")
        return basis_points

    def flag(self, key: str, *, default: bool) -> int:
        """Return 1 for true and 0 for false."""
        if not self.has(key):
            return int(default)
        value = self.take(key)
        if not isinstance(value, bool):
            raise CaseError(self.path(key), "must be true or false")
        return int(value)

    def text(self, key: str, default: str) -> str:
        """Return a string."""
        if not self.has(key):
            return default
        value = self.take(key)
        if not isinstance(value, str):
            raise CaseError(self.path(key), "must be a string")
        return value

    def choice(self, key: str, choices: dict[str, int], default: int) -> int:
        """Return what one of the strings stands for."""
        if not self.has(key):
            return default
        value = self.take(key)
        if not isinstance(value, str) or value not in choices:
            raise CaseError(self.path(key), "must be one of: " + ", ".join(choices))
        return choices[value]

    def day(self, key: str) -> date | None:
        """Return a date written YYYY-MM-DD, or None when it is not given."""
        if not self.has(key):
            return None
        value = self.take(key)
        if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
            raise CaseError(self.path(key), "must be a date written YYYY-MM-DD")
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise CaseError(self.path(key), "is a day that does not exist") from error

    def members(self, key: str) -> "Fields":
        """Return the fields of an object inside this one; none when it is not given."""
        return Fields(self.take(key) if self.has(key) else Members(), self.path(key))

    def keys(self) -> list[str]:
        """Return the keys not taken yet, in their order."""
        return list(self._left)

    def finish(self) -> None:
        """Refuse the first key that nobody took."""
        for key in self._left:
            raise CaseError(self.path(key), "is not a known key")


def load(content: bytes) -> object:
    """Return the JSON document of the bytes (UTF-8).

    :raises CaseError: they are none
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError("", f"is not UTF-8 text (byte {error.start})") from error
    try:
        return json.loads(
            text, object_pairs_hook=_members, parse_int=_integer, parse_float=_decimal, parse_constant=Decimal
        )
    except json.JSONDecodeError as error:
        raise CaseError(
            "", f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from error
    except RecursionError as error:
        raise CaseError("", "is nested too deeply") from error


def _members(pairs: list[tuple[str, Any]]) -> Members:
    members = Members()
    for key, value in pairs:
        if key in members and members.repeated is None:
            members.repeated = key
        members[key] = value
    return members


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER:
        return -_OUT_OF_BOUNDS if digits.startswith("-") else _OUT_OF_BOUNDS
    return int(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        return Decimal("NaN")


def _exact_hundredths(value: Decimal) -> int | None:
    """Return the value times 100 if that is whole; worked on digits, as arithmetic would round."""
    digits = "".join(str(digit) for digit in value.as_tuple().digits)
    significant = digits.rstrip("0")
    if not significant:
        return 0
    exponent = int(value.as_tuple().exponent) + len(digits) - len(significant) + 2
    return None if exponent < 0 else int(significant + "0" * exponent)
