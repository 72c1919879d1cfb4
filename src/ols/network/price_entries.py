"""What is typed into a price list being worked on: prices, and texts that are none (yet). Pure (adr/0017).

The list's items hold every price that can be read; the entries hold what was typed, with its history.
Where both know a service the items are right: an answer to a counter-offer changes them alone.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from ols.kernel import days, merging
from ols.network import price_checks

# The field beside the services: the day from which the prices count.
START: Final = "valid_from"
ORIGIN: Final = "list"
# So many steps of a row are kept: enough to tell whose they were.
KEPT: Final = 8


def begin(prices: Mapping[int, int], start: date | None) -> merging.Entries:
    """Return the entries of a list that nobody has typed into: its prices, or those in force."""
    texts = {str(service): price_checks.shown(price) for service, price in prices.items()}
    return merging.begin(texts | {START: _day(start)}, origin=ORIGIN, version=0)


def reconciled(
    entries: merging.Entries, prices: Mapping[int, int], start: date | None, *, version: int
) -> merging.Entries:
    """Return the entries after what happened to the list itself, as steps of the version."""
    texts = merging.current(entries)
    changed = {}
    for name in {*texts, *(str(service) for service in prices)} - {START}:
        price = prices.get(int(name))
        if price_in(texts.get(name, ""), price) != price:
            changed[name] = "" if price is None else price_checks.shown(price)
    if read_day(texts.get(START, "")) != start:
        changed[START] = _day(start)
    steps = {name: [*entries.get(name, []), [version, ORIGIN, text]] for name, text in changed.items()}
    return entries | steps


def price_in(text: str, known: int | None) -> int | None:
    """Return the price a kept text holds; one that shows the known price need not be read again."""
    if known is not None and text == price_checks.shown(known):
        return known
    return price_checks.price_of(text) if text else None


def canonical(name: str, typed: str) -> str:
    """Return how a typed text is kept, so that „120” and „120,00” are the same."""
    if name == START:
        day = read_day(typed)
        return _day(day) if day else price_checks.cleaned(typed)
    return price_checks.check_price(typed, price_checks.PriceFacts()).text


def read_day(text: str) -> date | None:
    """Return the day when it is one."""
    try:
        return days.parse_date(text)
    except days.DateError:
        return None


def _day(day: date | None) -> str:
    return days.format_date(day) if day else ""
