"""The first day of a price list, and what the grid below it sends.

The rows are no form fields: a thousand of them are checked by one plain function, the same for the grid,
for imports and before sending (`ols.network.price_checks`).
"""

import re
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ols.kernel import days
from ols.kernel.merging import Tab
from ols.network.price_entries import START
from ols.web.components import fields
from ols.web.components.forms import Form

_ROW: Final = re.compile(r"price-([0-9]{1,18})")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


class FirstDay(Form):
    """The day from which the prices count."""

    valid_from = fields.DateField(label=_("Prices count from"))

    def __init__(self, start: str, earliest: date) -> None:
        """Check what is typed; the first possible day is named where it is too early."""
        self.earliest = earliest
        super().__init__({START: start})

    def clean_valid_from(self) -> date:
        """Refuse a day that is past, or taken by an accepted version."""
        day: date = self.cleaned_data[START]
        if day < self.earliest:
            earliest = days.format_date(self.earliest)
            raise ValidationError(gettext("Prices count from: the first possible day is %s.") % earliest)
        return day

    def refusals(self) -> list[str]:
        """Return in words what is wrong with the day."""
        return [str(text) for text in self.errors.get(START, [])]


def typed_rows(sent: QueryDict) -> dict[str, str]:
    """Return what was typed by row: the service's id, and the first day where it was sent."""
    rows = {found[1]: str(sent[name]) for name in sent if (found := _ROW.fullmatch(name))}
    return rows | ({START: str(sent[START])} if START in sent else {})


def tab_of(sent: QueryDict, *, version: int) -> Tab:
    """Return which page sent it; one that does not say what it has seen has seen everything."""
    seen = sent.get("seen", "")
    return Tab(sent.get("tab", "")[:32], int(seen) if _NUMBER.fullmatch(seen) else version)
