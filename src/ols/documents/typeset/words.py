"""Amounts in Polish words, as invoices repeat them against forgery."""

from typing import Final

# fmt: off
_UNITS: Final = (
    "zero", "jeden", "dwa", "trzy", "cztery",
    "pięć", "sześć", "siedem", "osiem", "dziewięć",
    "dziesięć", "jedenaście", "dwanaście", "trzynaście", "czternaście",
    "piętnaście", "szesnaście", "siedemnaście", "osiemnaście", "dziewiętnaście",
)
_TENS: Final = (
    "-", "-", "dwadzieścia", "trzydzieści", "czterdzieści",
    "pięćdziesiąt", "sześćdziesiąt", "siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt",
)
_HUNDREDS: Final = (
    "-", "sto", "dwieście", "trzysta", "czterysta",
    "pięćset", "sześćset", "siedemset", "osiemset", "dziewięćset",
)
# fmt: on

_ZLOTY: Final = ("złoty", "złote", "złotych")
_GROSZ: Final = ("grosz", "grosze", "groszy")
# One form for 1, one for 2-4, one for 5 and more; the first group of three digits has no name.
_SCALES: Final = (
    ("", "", ""),
    ("tysiąc", "tysiące", "tysięcy"),
    ("milion", "miliony", "milionów"),
    ("miliard", "miliardy", "miliardów"),
)
_LIMIT: Final = 1000 ** len(_SCALES)


class AmountTooLong(ValueError):
    """No words are kept for amounts of a trillion złoty and more."""


def amount_in_words(amount_gr: int) -> str:
    """Grosze as words: 123456 -> "jeden tysiąc dwieście trzydzieści cztery złote pięćdziesiąt sześć groszy".

    Both parts are always said. An amount below zero begins with "minus". Raises `AmountTooLong`.
    """
    zloty, grosz = divmod(abs(amount_gr), 100)
    if zloty >= _LIMIT:
        raise AmountTooLong(amount_gr)
    sign = "minus " if amount_gr < 0 else ""
    return f"{sign}{_number(zloty)} {_form(zloty, _ZLOTY)} {_number(grosz)} {_form(grosz, _GROSZ)}"


def _number(value: int) -> str:
    if value == 0:
        return _UNITS[0]
    words: list[str] = []
    for power, names in reversed(list(enumerate(_SCALES))):
        group = value // 1000**power % 1000
        if group:
            words += [*_below_thousand(group), _form(group, names)]
    return " ".join(word for word in words if word)


def _below_thousand(value: int) -> list[str]:
    hundreds, rest = divmod(value, 100)
    words = [_HUNDREDS[hundreds]] if hundreds else []
    if rest >= len(_UNITS):
        tens, rest = divmod(rest, 10)
        words.append(_TENS[tens])
    if rest:
        words.append(_UNITS[rest])
    return words


def _form(count: int, forms: tuple[str, str, str]) -> str:
    """The form of a noun that goes with a number: 1 złoty, 2 złote, 5 złotych, 12 złotych, 22 złote."""
    one, few, many = forms
    if count == 1:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many
