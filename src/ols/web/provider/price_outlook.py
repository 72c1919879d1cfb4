"""What a price list comes to before it is sent: figures, prices above the limit, what stands in the way."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from ols.kernel import days
from ols.network.highlight_rule import standing
from ols.network.price_entries import read_day
from ols.network.selectors import PriceSheet
from ols.web.components import area_words, highlight_words
from ols.web.components.shapes import SummaryRow
from ols.web.provider import price_grid, price_words
from ols.web.provider.forms.pricelist import FirstDay
from ols.web.provider.price_words import ShownRow


def summary(sheet: PriceSheet) -> list[SummaryRow]:
    """Return the list in figures; each leads to the rows it counts."""
    address = _address(sheet)
    day = read_day(sheet.start)
    start = days.format_date(day) if day else sheet.start
    return [
        SummaryRow(_("Insurer"), sheet.grid.contract.insurer_name),
        SummaryRow(_("Thematic area"), sheet.grid.area.name),
        SummaryRow(_("Prices count from"), start, f"{address}#id_valid_from"),
        SummaryRow(_("Services with a price"), f"{sheet.priced} / {len(sheet.rows)}", address),
        SummaryRow(_("Above the limit"), str(sheet.over), f"{address}?show={price_grid.OVER}"),
        SummaryRow(_("Leaving the list"), str(sheet.dropped), f"{address}?show={price_grid.EMPTY}"),
        SummaryRow(_("Outside your cells in the register"), str(sheet.uncovered), address),
    ]


def obstacles(sheet: PriceSheet) -> list[price_grid.Problem]:
    """Return what has to be mended before the list can go out, each with the address of its field."""
    problem, address = price_grid.Problem, _address(sheet)
    closed = sheet.grid.closed
    found = [problem(area_words.why_unsent(closed), address)] if closed else []
    if sheet.priced == 0:
        found.append(problem(_("Enter at least one price before you send the list."), address))
    elif not sheet.grid.uuid:
        found.append(problem(_("Nothing has changed: these prices are agreed already."), address))
    found += [
        problem(price_words.error(row.checked.error, row.row.code), f"{address}#price-{row.row.service_id}")
        for row in sheet.rows
        if row.checked.error
    ]
    days_wrong = FirstDay(sheet.start, sheet.grid.earliest).refusals()
    return found + [problem(text, f"{address}#id_valid_from") for text in days_wrong]


def _address(sheet: PriceSheet) -> str:
    """Return where the prices are typed."""
    return reverse("provider:pricelist-edit", args=[sheet.grid.contract.uuid, sheet.grid.area.code])


def badge(sheet: PriceSheet) -> dict[str, object]:
    """Return whether these prices would earn the badge on their first day, and by how much they miss it."""
    prices = [(row.checked.price_gr, row.facts.limit_gr) for row in sheet.rows]
    found = standing((price, limit) for price, limit in prices if price is not None)
    return {
        "tag": highlight_words.tag(is_highlighted=found.is_highlighted, compared=found.compared),
        "distance": highlight_words.distance(found.over, found.worst_gr) if found.compared else "",
    }


def rows_over(sheet: PriceSheet) -> Sequence[ShownRow]:
    """Return the prices above the limit."""
    return [price_words.shown_row(row) for row in sheet.rows if row.checked.is_over]


def rows_dropped(sheet: PriceSheet) -> Sequence[ShownRow]:
    """Return the services that have a price now and none in this list."""
    return [price_words.shown_row(row) for row in sheet.rows if row.checked.drops_gr is not None]
