"""Which price, and for how many units?"""

from ols.adjudication.types import Line, Terms, Usage
from ols.kernel.compiled import compilable
from ols.kernel.money import share


@compilable
def recognized_unit_price(line: Line) -> int:
    """In network never more than the accepted price list; outside it what was billed."""
    if line.network and line.billed_unit_price > line.contract_unit_price:
        return line.contract_unit_price
    return line.billed_unit_price


@compilable
def allowed_units(line: Line, usage: Usage) -> int:
    """As many units as are left of the count limit; below zero nothing is left."""
    if line.quantity <= usage.units_left:
        return line.quantity
    return max(0, usage.units_left)


@compilable
def top_up_parts(unit_price: int, units: int, line: Line, terms: Terms) -> tuple[int, int, int]:
    """What the patient pays above the price limit and, out of network, above refund rate and refund cap.

    Each acts on what the one before it left; the refund is rounded half up, once for all units.
    """
    above_limit = 0
    if unit_price > terms.price_limit:
        above_limit = units * (unit_price - terms.price_limit)
    if line.network:
        return above_limit, 0, 0
    base = units * unit_price - above_limit
    refund = share(base, terms.refund_rate_bp)
    cap = units * terms.refund_cap
    if refund > cap:
        return above_limit, base - refund, refund - cap
    return above_limit, base - refund, 0
