"""Price limits of one area: a grid of new limits, from one day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ols.catalog.selectors import ServiceRow
from ols.web.components import fields
from ols.web.components.forms import Form


class PriceLimits(Form):
    """One amount a service (empty: the limit stays as it is) and the day they count from."""

    valid_from = fields.DateField(label=_("Valid from"))

    def __init__(self, services: Sequence[ServiceRow], *args: Any, today: date, **kwargs: Any) -> None:
        """Make a field for each service."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["valid_from"].initial = today
        for row in services:
            self.fields[f"limit-{row.id}"] = fields.AmountField(label=row.name, required=False, min_gr=1)

    def clean_valid_from(self) -> date:
        """Refuse a day in the past: decided claims keep the limits they were decided under."""
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise ValidationError(_("Valid from: choose today or a later day."))
        return day

    def limits(self) -> Mapping[int, int]:
        """Return the new limit in grosze by service id."""
        typed = {
            name: value for name, value in self.cleaned_data.items() if name.startswith("limit-") and value
        }
        return {int(name.removeprefix("limit-")): value for name, value in typed.items()}
