"""Bank accounts: NRB, and the IBAN that is stored."""

import re
from typing import NamedTuple

import schwifty

from ols.kernel.identifiers import errors

# Weights of the routing number's check digit (its eighth).
ROUTING_WEIGHTS = (3, 9, 7, 1, 3, 9, 7)
# "PL00" as ISO 7064 reads it, to be followed by the two check digits.
_COUNTRY = "2521"
_FOREIGN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]+")


class Bank(NamedTuple):
    """Name and BIC, as published with the list of routing numbers; the BIC may be empty."""

    name: str
    bic: str


def parse_nrb(text: str) -> str:
    """Return PL and the 26 digits of a Polish account, its leading PL being optional.

    :raises IdentifierError: COUNTRY for a foreign IBAN, ROUTING for a number of no bank; see its codes
    """
    number = errors.without_separators(text).removeprefix("PL")
    if _FOREIGN.fullmatch(number):
        raise errors.IdentifierError("COUNTRY", "NRB")
    number = errors.digits(number, "NRB", 26)
    # Compared with the digits a bank computes: the bare remainder would also pass 00, 01 and 99.
    if check_digits(number[2:]) != number[:2]:
        raise errors.IdentifierError("CHECK_DIGIT", "NRB")
    routing = number[2:10]
    if routing == "00000000" or routing_check_digit(routing) != int(routing[7]):
        raise errors.IdentifierError("ROUTING", "NRB")
    return "PL" + number


def routing_check_digit(routing: str) -> int:
    """Return what the eighth digit of a bank's routing number must be."""
    return -errors.weighted_sum(routing, ROUTING_WEIGHTS) % 10


def check_digits(account: str) -> str:
    """Return the two digits that go before the 24 of routing number and account."""
    return f"{98 - int(account + _COUNTRY + '00') % 97:02d}"


def bank_of(nrb: str) -> Bank | None:
    """Return the bank of a canonical account, or None when its routing number is in no list we have."""
    iban = schwifty.IBAN(nrb)
    name = iban.bank_name
    return Bank(name, str(iban.bic or "")) if name else None


def format_nrb(nrb: str) -> str:
    """Group for people: PL61 1090 1014 0000 0712 1981 2874."""
    return " ".join(nrb[start : start + 4] for start in range(0, len(nrb), 4))
