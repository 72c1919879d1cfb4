"""How often a visitor may do what costs something: a network place, an address, a draft."""

from datetime import datetime, timedelta
from typing import Final

from ols.accounts import limits
from ols.accounts.limits import Limit
from ols.db.transactions import within_transaction

_HOUR: Final = timedelta(hours=1)
# A house of clinics shares one network place: it may do many times what one applicant does.
DRAFTS_OF_PLACE: Final = Limit("draft-place", 60, _HOUR)
FILES_OF_PLACE: Final = Limit("draft-file-place", 60, _HOUR)
# A letter that did not come may be asked for again; more would only fill somebody's mailbox.
LINKS_OF_DRAFT: Final = Limit("resume-draft", 3, _HOUR)
LINKS_TO_ADDRESS: Final = Limit("resume-address", 5, timedelta(days=1))
LINKS_OF_PLACE: Final = Limit("resume-place", 20, _HOUR)


class TooOften(Exception):
    """It was done too often; `until` says when it is possible again."""

    def __init__(self, until: datetime) -> None:
        """Keep the moment."""
        super().__init__(until.isoformat())
        self.until = until


@within_transaction
def count(limit: Limit, who: str, *, at: datetime) -> None:
    """Count one more time.

    :raises TooOften: the limit is reached
    """
    until = limits.refused_until(limit, who=who, at=at)
    if until is not None:
        raise TooOften(until)
