"""Invented identifiers with valid check digits, for demo data and tests.

The source of chance is passed in (`random.Random(seed)` will do), so the same seed gives the same world.
"""

from datetime import date
from typing import Protocol

from stdnum.pl import pesel, regon

from ols.kernel.identifiers import bank, errors, people

_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
# Added to the month of a PESEL for each century of birth.
_CENTURIES = {1800: 80, 1900: 0, 2000: 20, 2100: 40, 2200: 60}
# Head offices of Polish banks: routing numbers that exist, so that names and BICs are found.
ROUTING_NUMBERS = (
    "10200003",
    "10300006",
    "10500002",
    "10600018",
    "10900004",
    "11400000",
    "11600006",
    "12400001",
    "13200006",
    "14600009",
    "15400004",
    "16000003",
    "16100006",
    "18700006",
    "19400008",
)


class Chance(Protocol):
    """What is used of `random.Random`."""

    def randrange(self, start: int, stop: int, /) -> int:
        """Return a number from start up to, not including, stop."""


def make_nip(rng: Chance) -> str:
    """Return a tax number that is well-formed."""
    while True:
        body = f"{rng.randrange(1, 10)}{rng.randrange(1, 10)}{_digits(rng, 7)}"
        check = errors.weighted_sum(body, _NIP_WEIGHTS) % 11
        if check < 10:
            return f"{body}{check}"


def make_regon(rng: Chance) -> str:
    """Return an entity's REGON (9 digits)."""
    body = f"{rng.randrange(1, 10)}{_digits(rng, 7)}"
    return body + regon.calc_check_digit(body)


def make_regon14(rng: Chance, regon9: str) -> str:
    """Return the REGON of a local unit of that entity (14 digits)."""
    body = regon9 + _digits(rng, 4)
    return body + regon.calc_check_digit(body)


def make_pesel(rng: Chance, *, birth: date, sex: str) -> str:
    """Return a PESEL for the birth date and "F" or "M".

    :raises ValueError: any other sex
    """
    if sex not in ("F", "M"):
        raise ValueError(sex)
    month = birth.month + _CENTURIES[birth.year // 100 * 100]
    sex_digit = 2 * rng.randrange(0, 5) + (sex == "M")
    body = f"{birth.year % 100:02d}{month:02d}{birth.day:02d}{_digits(rng, 3)}{sex_digit}"
    return body + pesel.calc_check_digit(body)


def make_nrb(rng: Chance, *, routing: tuple[str, ...] = ROUTING_NUMBERS) -> str:
    """Return an account (PL and 26 digits) at one of the banks."""
    account = routing[rng.randrange(0, len(routing))] + _digits(rng, 16)
    return f"PL{bank.check_digits(account)}{account}"


def make_npwz(rng: Chance) -> str:
    """Return a doctor's licence number: bodies whose check digit would be 0 or 10 are never issued."""
    while True:
        body = _digits(rng, 6)
        check = errors.weighted_sum(body, people.NPWZ_WEIGHTS) % 11
        if 0 < check < 10:
            return f"{check}{body}"


def make_npwz_nurse(rng: Chance, *, kind: str = "P") -> str:
    """Return a nurse's (P) or a midwife's (A) licence number."""
    return f"{rng.randrange(1, 10)}{_digits(rng, 6)}{kind}"


def _digits(rng: Chance, length: int) -> str:
    return f"{rng.randrange(0, 10**length):0{length}d}"
