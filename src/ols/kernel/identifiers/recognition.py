"""Which identifying number of a clinic somebody typed, and what is wrong with it."""

import re
from collections.abc import Callable
from typing import NamedTuple

from ols.kernel.identifiers import errors, firms, people

_LABEL = re.compile(r"(NIP|REGON|KRS|RPWDL|NPWZ|PWZ)[.:]*(?=[0-9P])")


class Recognized(NamedTuple):
    """Which number it is, its canonical text (empty when wrong), and the error's code when wrong.

    `kind` is NIP, REGON9, REGON14, RPWDL, KRS or NPWZ; empty when it could be none of them.
    """

    kind: str
    value: str
    error: str | None


def recognize(text: str) -> Recognized:
    """Tell NIP, REGON, RPWDL, KRS and NPWZ apart by shape and check them.

    Ten digits are a KRS when they begin with 0, which no NIP does; up to six digits are a register book
    written without its zeros. A label before the number ("KRS 0000345075") decides.
    """
    cleaned = errors.without_separators(text)
    if not cleaned:
        return Recognized("", "", "EMPTY")
    label = _LABEL.match(cleaned)
    number = cleaned[label.end() :] if label else cleaned
    reader = _LABELED[label[1]] if label else _by_shape(number)
    if reader is None:
        shape = number.removeprefix("PL").removesuffix("P").removesuffix("A")
        return Recognized("", "", "LENGTH" if shape.isascii() and shape.isdigit() else "CHARACTERS")
    try:
        value = reader(number)
    except errors.IdentifierError as error:
        return Recognized(error.kind, "", error.code)
    return Recognized(_kind(reader, value), value, None)


def _by_shape(number: str) -> Callable[[str], str] | None:
    if number.startswith("PL"):
        return firms.parse_nip
    if re.fullmatch(r"[0-9]{7}[AP]?", number):
        return people.parse_npwz
    if not re.fullmatch(r"[0-9]+", number):
        return None
    if len(number) == 10:
        return firms.parse_krs if number[0] == "0" else firms.parse_nip
    return _BY_LENGTH.get(len(number))


def _kind(reader: Callable[[str], str], value: str) -> str:
    if reader is firms.parse_regon:
        return f"REGON{len(value)}"
    return _KINDS[reader]


_BY_LENGTH: dict[int, Callable[[str], str]] = {
    **dict.fromkeys(range(1, 7), firms.parse_rpwdl),
    9: firms.parse_regon,
    12: firms.parse_rpwdl,
    14: firms.parse_regon,
}
_LABELED: dict[str, Callable[[str], str]] = {
    "NIP": firms.parse_nip,
    "REGON": firms.parse_regon,
    "KRS": firms.parse_krs,
    "RPWDL": firms.parse_rpwdl,
    "NPWZ": people.parse_npwz,
    "PWZ": people.parse_npwz,
}
_KINDS: dict[Callable[[str], str], str] = {
    firms.parse_nip: "NIP",
    firms.parse_krs: "KRS",
    firms.parse_rpwdl: "RPWDL",
    people.parse_npwz: "NPWZ",
}
