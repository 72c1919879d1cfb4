"""An insurer's review of a price list as a spreadsheet: what the page shows, line by line.

The network's quartiles are those of the page: nothing below five other clinics, whole złotys (adr/0018).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.network.selectors import Line, Negotiation
from ols.network.states import PriceListStatus
from ols.web.components import exports, network_words
from ols.web.components.line_answers import KIND_WORDS, STEP_WORDS

COLUMNS = (
    exports.Column(_("Code")),
    exports.Column(_("Service")),
    exports.Column(_("Unit")),
    exports.Column(_("Limit"), exports.AMOUNT),
    exports.Column(_("Price sent"), exports.AMOUNT),
    exports.Column(_("Price now"), exports.AMOUNT),
    exports.Column(_("Difference to the limit"), exports.AMOUNT),
    exports.Column(_("Network: a quarter charges at most"), exports.AMOUNT),
    exports.Column(_("Network: half charges at most"), exports.AMOUNT),
    exports.Column(_("Network: three quarters charge at most"), exports.AMOUNT),
    exports.Column(_("Other clinics"), exports.NUMBER),
    exports.Column(_("Decision")),
    exports.Column(_("Amount of the decision"), exports.AMOUNT),
    exports.Column(_("Remark")),
)


def sheet(talks: Negotiation, lines: list[Line]) -> exports.Sheet:
    """Return the lines as a table; its name says which area and version of which co-operation."""
    grid = talks.grid
    number = grid.contract.number.replace("/", "-")
    name = f"price-review-{number}-{grid.area.code.lower()}-{grid.version}"
    return exports.Sheet(name, COLUMNS, [_cells(talks, line) for line in lines])


def _cells(talks: Negotiation, line: Line) -> tuple[exports.Cell, ...]:
    row, network = line.row, line.network
    words, amount, remark = _decision(talks, line)
    return (
        row.code,
        row.name,
        row.unit,
        row.limit_gr,
        row.price_gr,
        row.contracted_gr,
        row.over_gr,
        network.lower_gr if network else None,
        network.middle_gr if network else None,
        network.upper_gr if network else None,
        network.clinics if network else None,
        str(words),
        amount,
        remark,
    )


def _decision(talks: Negotiation, line: Line) -> tuple[str | Promise, int | None, str]:
    """Return the decision being prepared, else the last one given, else that of the whole list."""
    if talks.is_my_turn:
        return KIND_WORDS.get(line.kind, ""), line.answer_gr, line.remark
    if line.offer is not None:
        return STEP_WORDS[line.offer.kind], line.offer.price_gr, line.offer.remark
    if talks.grid.status == PriceListStatus.ACCEPTED:
        return network_words.PRICE_LIST_TAGS[PriceListStatus.ACCEPTED].label, None, ""
    return "", None, ""
