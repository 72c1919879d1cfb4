"""Money as whole grosze and rates as whole basis points: one rounding rule, one reader, one writer."""

import re

from ols.kernel.compiled import compilable

BASIS_POINTS = 10_000
# Ten billion zł: far above anything insured, far below what a bigint holds after multiplication by a rate.
MAX_AMOUNT = 10**12

_SPACES = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]")
_CURRENCY = re.compile(r"(?:zł|pln)\.?\Z", re.IGNORECASE)
_MINUS_SIGNS = "-\u2212\u2013"
_AMOUNT = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]*))?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+(?:[.,][0-9]*)?")


class AmountError(ValueError):
    """The text is no amount (or percentage) that can be read without guessing.

    `code` is EMPTY, NOT_A_NUMBER, NEGATIVE, TOO_MANY_DECIMALS, AMBIGUOUS or TOO_BIG.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@compilable
def share(amount: int, rate_bp: int) -> int:
    """Return the given basis points of an amount that is not negative, rounded half up to the grosz."""
    return (amount * rate_bp + 5000) // 10000


def parse_amount(text: str) -> int:
    """Read an amount as people type it ("1 234,50 zł", "1234.5", "200") and return grosze.

    Any kind of space may separate thousands and a comma or a dot the grosze. A dot or a comma before
    thousands ("1.234,50", "1,234") is refused as AMBIGUOUS rather than read one of two ways.

    :raises AmountError: see its codes
    """
    digits = _CURRENCY.sub("", text.strip()).strip()
    digits = _SPACES.sub("", digits)
    if _GROUPED.fullmatch(digits):
        raise AmountError("AMBIGUOUS")
    grosze = _hundredths(digits)
    if grosze > MAX_AMOUNT:
        raise AmountError("TOO_BIG")
    return grosze


def parse_percent(text: str) -> int:
    """Read a percentage ("12,5", "20 %") and return basis points.

    :raises AmountError: see its codes; TOO_BIG above 100 %
    """
    basis_points = _hundredths(_SPACES.sub("", text.strip().removesuffix("%")))
    if basis_points > BASIS_POINTS:
        raise AmountError("TOO_BIG")
    return basis_points


def format_amount(amount_gr: int) -> str:
    """Write grosze for people: "1 234,50 zł" with no-break spaces, thousands parted from four digits on."""
    sign, whole, part = _split(amount_gr)
    return f"{sign}{whole:,}".replace(",", "\u00a0") + f",{part:02d}\u00a0zł"


def format_plain(amount_gr: int) -> str:
    """Write grosze for machines: "1234.50"."""
    sign, whole, part = _split(amount_gr)
    return f"{sign}{whole}.{part:02d}"


def format_percent(rate_bp: int) -> str:
    """Write basis points for people: "12,5%", "20%"."""
    sign, whole, part = _split(rate_bp)
    decimals = f",{part:02d}".rstrip("0") if part else ""
    return f"{sign}{whole}{decimals}%"


def _hundredths(text: str) -> int:
    if not text:
        raise AmountError("EMPTY")
    found = _AMOUNT.fullmatch(text)
    if found is None:
        negative = text[0] in _MINUS_SIGNS and _AMOUNT.fullmatch(text[1:])
        raise AmountError("NEGATIVE" if negative else "NOT_A_NUMBER")
    part = found["part"] or ""
    if len(part) > 2:
        raise AmountError("TOO_MANY_DECIMALS")
    whole = found["whole"].lstrip("0")
    if len(whole) > 15:
        raise AmountError("TOO_BIG")
    return int(whole or "0") * 100 + int(part.ljust(2, "0"))


def _split(hundredths: int) -> tuple[str, int, int]:
    whole, part = divmod(abs(hundredths), 100)
    return "-" if hundredths < 0 else "", whole, part
