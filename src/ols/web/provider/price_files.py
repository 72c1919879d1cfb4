"""Price lists as tables, and what a table of prices would change in the grid."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.network import price_imports
from ols.network.price_checks import check_price
from ols.network.selectors import PriceGrid, PriceSheet
from ols.web.components.exports import AMOUNT, Column, Sheet
from ols.web.provider import price_words
from ols.web.provider.forms.pricefile import PriceFile
from ols.web.provider.price_words import Said

_CODE = Column(gettext_lazy("Code"))
_SERVICE = Column(gettext_lazy("Service"))
_UNIT = Column(gettext_lazy("Unit"))
_LIMIT = Column(gettext_lazy("Limit of the insurer"), AMOUNT)
_NOW = Column(gettext_lazy("Price now"), AMOUNT)
_YOURS = Column(gettext_lazy("Your price"), AMOUNT)
_PRICE = Column(gettext_lazy("Price"), AMOUNT)


@dataclass(frozen=True, slots=True)
class Change:
    """One price the file would change."""

    id: int
    line: int
    code: str
    name: str
    before: str
    after: str
    remarks: Sequence[Said]

    @property
    def kind(self) -> str:
        """The gravest kind among the remarks."""
        return price_words.worst(self.remarks)


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of the file that is not taken over."""

    line: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would do to the grid: changes, rows left out, and how many change nothing."""

    changes: Sequence[Change]
    problems: Sequence[Problem]
    same: int

    @property
    def wrong(self) -> int:
        """How many of the changes are no prices."""
        return sum(1 for change in self.changes if change.kind == price_words.BAD)


def preview(sheet: PriceSheet, form: PriceFile) -> Preview | None:
    """Compare a table with the grid; None (and words on the form) when its columns say nothing."""
    services = {row.row.service_id: (row.row.code, row.row.name) for row in sheet.rows}
    try:
        found = price_imports.read_prices(form.rows(), services)
    except price_imports.NoPriceColumns:
        form.refuse_columns()
        return None
    by_id = {row.row.service_id: row for row in sheet.rows}
    changes, same = [], 0
    for item in found:
        if item.service_id is None or item.problem:
            continue
        row = by_id[item.service_id]
        checked = check_price(item.text, row.facts)
        if checked.text == row.checked.text:
            same += 1
            continue
        changes.append(
            Change(
                item.service_id,
                item.line,
                row.row.code,
                row.row.name,
                row.checked.text,
                checked.text,
                price_words.remarks(checked),
            )
        )
    return Preview(changes, [_problem(item) for item in found if _is_left_out(item)], same)


def _is_left_out(item: price_imports.ImportedPrice) -> bool:
    return item.problem in {price_imports.UNKNOWN, price_imports.REPEATED}


def _problem(item: price_imports.ImportedPrice) -> Problem:
    words = {
        price_imports.UNKNOWN: _("The area has no such service."),
        price_imports.REPEATED: _("The service stands in an earlier row already; that price counts."),
    }
    return Problem(item.line, f"{item.label} {item.text}".strip(), words[item.problem])


def grid_table(sheet: PriceSheet) -> Sheet:
    """Return the grid with every service; what is no price stays the text it is."""
    return Sheet(
        f"cennik-{sheet.grid.area.code.lower()}-{sheet.grid.version}",
        (_CODE, _SERVICE, _UNIT, _LIMIT, _NOW, _YOURS),
        [
            (
                row.row.code,
                row.row.name,
                row.row.unit,
                row.row.limit_gr,
                row.row.contracted_gr,
                row.checked.price_gr if row.checked.price_gr is not None else row.checked.text or None,
            )
            for row in sheet.rows
        ],
    )


def list_table(grid: PriceGrid) -> Sheet:
    """Return one version of the prices beside the limits."""
    return Sheet(
        f"cennik-{grid.area.code.lower()}-{grid.version}",
        (_CODE, _SERVICE, _UNIT, _LIMIT, _PRICE),
        [(row.code, row.name, row.unit, row.limit_gr, row.price_gr) for row in grid.rows],
    )
