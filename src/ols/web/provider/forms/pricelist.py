"""The grid of prices of one area."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ols.network.selectors import PriceGrid, PriceRow
from ols.web.components import fields
from ols.web.components.forms import Form


class Prices(Form):
    """One amount a service (empty: not offered) and the day they count from."""

    valid_from = fields.DateField(label=_("Prices count from"))

    def __init__(self, grid: PriceGrid, *args: Any, **kwargs: Any) -> None:
        """Make a field for each service, filled with what was saved."""
        super().__init__(*args, **kwargs)
        self.rows: Sequence[PriceRow] = grid.rows
        self.fields["valid_from"].initial = grid.valid_from or grid.earliest
        for row in grid.rows:
            self.fields[_name(row)] = fields.AmountField(
                label=row.name, required=False, min_gr=1, initial=row.price_gr
            )

    def prices(self) -> Mapping[int, int]:
        """Return the price in grosze by service id, for the services that have one."""
        typed = {row.service_id: self.cleaned_data.get(_name(row)) for row in self.rows}
        return {service: price for service, price in typed.items() if price is not None}

    def lines(self) -> list[tuple[PriceRow, Any]]:
        """Return each service with its field, for the grid."""
        return [(row, self[_name(row)]) for row in self.rows]


def _name(row: PriceRow) -> str:
    """Name the service's field."""
    return f"price-{row.service_id}"
