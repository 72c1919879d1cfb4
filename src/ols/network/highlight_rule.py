"""When a clinic is marked out in an area: the whole rule, ints in, ints out.

Every price in force that has a limit in force is at or under it, and at least one such service is offered.
Services without a limit are ignored, so an offer without any limited service earns no badge.
`selectors/highlight_timeline.py` does the same in SQL for a whole network; a test holds the two together.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Standing(NamedTuple):
    """How an offer compares: how many prices have a limit, how many are over it, the worst difference.

    `worst_gr` is the greatest price minus limit in grosze; negative means every price is under its limit.
    """

    compared: int
    over: int
    worst_gr: int

    @property
    def is_highlighted(self) -> bool:
        """Say whether the clinic is marked out."""
        return self.compared > 0 and self.over == 0


def standing(pairs: Iterable[tuple[int, int | None]]) -> Standing:
    """Compare prices with their limits (grosze; None: the service has no limit)."""
    differences = [price - limit for price, limit in pairs if limit is not None]
    over = sum(1 for difference in differences if difference > 0)
    return Standing(len(differences), over, max(differences, default=0))
