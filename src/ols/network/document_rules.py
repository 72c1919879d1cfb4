"""How fresh a document must be, and until when it counts: days in, a verdict out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ols.kernel import days

DAYS: Final = "days"
MONTHS: Final = "months"
# So long ahead of its end a document is asked for again, and once more; 0: it has ended.
NOTICES: Final = (30, 7, 0)


class Problem:
    """Why a file does not count."""

    NO_ISSUE_DAY = "NO_ISSUE_DAY"
    NO_END_DAY = "NO_END_DAY"
    ISSUED_LATER = "ISSUED_LATER"  # in the future
    ENDS_BEFORE_ISSUE = "ENDS_BEFORE_ISSUE"
    TOO_OLD = "TOO_OLD"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True)
class Rules:
    """What a kind of document demands of a file.

    `max_age` counts `age_unit`s from the day of issue to the day of the offer; with `is_renewed` it is
    counted on while the co-operation lasts. `has_end`: the document says until when it is valid.
    """

    max_age: int | None = None
    age_unit: str = MONTHS
    is_renewed: bool = False
    has_end: bool = False
    max_files: int = 1

    def last_fresh_day(self, issued_on: date) -> date | None:
        """Return the last day on which a document issued then is not too old; None: it never is."""
        if self.max_age is None:
            return None
        if self.age_unit == DAYS:
            return issued_on + timedelta(days=self.max_age)
        return days.add_months(issued_on, self.max_age)


@dataclass(frozen=True)
class Dates:
    """What a document says of itself."""

    issued_on: date | None = None
    valid_until: date | None = None


NO_DATES: Final = Dates()


def problem(rules: Rules, dates: Dates, *, on: date) -> str:
    """Return why a file with these dates cannot be given on the day; empty when it can."""
    issued_on, valid_until = dates.issued_on, dates.valid_until
    fresh_until = rules.last_fresh_day(issued_on) if issued_on else None
    wrong = {
        Problem.NO_ISSUE_DAY: rules.max_age is not None and issued_on is None,
        Problem.NO_END_DAY: rules.has_end and valid_until is None,
        Problem.ISSUED_LATER: issued_on is not None and issued_on > on,
        Problem.ENDS_BEFORE_ISSUE: issued_on is not None
        and valid_until is not None
        and valid_until < issued_on,
        Problem.TOO_OLD: fresh_until is not None and fresh_until < on,
        Problem.EXPIRED: valid_until is not None and valid_until < on,
    }
    return next((code for code, is_so in wrong.items() if is_so), "")


def ends_on(rules: Rules, dates: Dates) -> date | None:
    """Return the last day a document counts while the co-operation lasts; None: it does not end."""
    fresh_until = rules.last_fresh_day(dates.issued_on) if rules.is_renewed and dates.issued_on else None
    ends = [day for day in (dates.valid_until if rules.has_end else None, fresh_until) if day is not None]
    return min(ends, default=None)


def notice(end: date, *, on: date) -> int | None:
    """Return which notice is due: 30 or 7 days ahead, 0 after the end; None: it is too early for any."""
    left = (end - on).days
    if left < 0:
        return 0
    return next((ahead for ahead in sorted(NOTICES) if ahead and left <= ahead), None)
