"""Is a typed price in order? Pure, and the same while typing, for an import and before sending."""

from dataclasses import dataclass
from typing import Final

from ols.kernel import money

LOWEST_GR: Final = 1
MOST_LETTERS: Final = 120
_BASIS = 10_000


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """What a price is measured by: grosze (None: there is none), and whether the register shows the field."""

    limit_gr: int | None = None
    contracted_gr: int | None = None
    is_covered: bool = True


@dataclass(frozen=True, slots=True)
class CheckedPrice:
    """What became of a typed price.

    `text` is how it is shown from now on: an amount in our form, or what was typed when it is none.
    `error` is empty or a code (those of `AmountError`, or TOO_SMALL). `over_gr` says how far the price is
    over (+) or under (-) the limit and `change_bp` how it differs from the one contracted.
    """

    text: str
    price_gr: int | None = None
    error: str = ""
    over_gr: int | None = None
    change_bp: int | None = None
    drops_gr: int | None = None
    is_uncovered: bool = False

    @property
    def is_over(self) -> bool:
        """Say whether the price is above the limit: allowed, but it costs the badge."""
        return (self.over_gr or 0) > 0


def check_price(typed: str, facts: PriceFacts) -> CheckedPrice:
    """Read one price; an empty field is no error: the service is not offered (`drops_gr`: it was before)."""
    text = cleaned(typed)
    if not text:
        return CheckedPrice("", drops_gr=facts.contracted_gr)
    try:
        price = money.parse_amount(text)
    except money.AmountError as error:
        return CheckedPrice(text, error=error.code)
    if price < LOWEST_GR:
        return CheckedPrice(text, error="TOO_SMALL")
    return CheckedPrice(
        shown(price),
        price,
        over_gr=None if facts.limit_gr is None else price - facts.limit_gr,
        change_bp=_change(price, facts.contracted_gr),
        is_uncovered=not facts.is_covered,
    )


def price_of(typed: str) -> int | None:
    """Return the price in grosze when it is one."""
    return check_price(typed, PriceFacts()).price_gr


def shown(price_gr: int) -> str:
    """Write a price as its field shows it: "1 234,50"."""
    return money.format_amount(price_gr).removesuffix("\u00a0zł")


def cleaned(typed: str) -> str:
    """Return what is kept of a typed text: no database keeps a zero byte, no price is longer."""
    return typed.replace("\0", "").strip()[:MOST_LETTERS]


def _change(price: int, contracted: int | None) -> int | None:
    """Return the difference in basis points of the price in force, rounded away from zero at the half."""
    if not contracted:
        return None
    difference = abs(price - contracted) * _BASIS
    rounded = (2 * difference + contracted) // (2 * contracted)
    return rounded if price >= contracted else -rounded
