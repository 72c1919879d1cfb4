"""From which day to which an area takes new price lists. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AreaDays:
    """The days of an area an insurer offers: opened, closed for new price lists, opened again (None: not)."""

    opens_on: date
    closes_on: date | None = None
    reopens_on: date | None = None

    def has_begun(self, on: date) -> bool:
        """Say whether the area was opened, whatever came after."""
        return self.opens_on <= on

    def is_closed(self, on: date) -> bool:
        """Say whether no new price list may be sent that day."""
        if self.closes_on is None or on < self.closes_on:
            return False
        return self.reopens_on is None or on < self.reopens_on

    def closes_later(self, on: date) -> bool:
        """Say whether the area is open and will be closed."""
        return self.closes_on is not None and on < self.closes_on
