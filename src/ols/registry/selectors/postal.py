"""Where a postal code is: as the addresses of the register have it. Public."""

from collections import Counter
from typing import Final

from ols.registry import geography, models

# The whole code, then the district of the post, then its region.
_BEGINNINGS: Final = (6, 4, 3, 2)
_ENOUGH: Final = 500


def town_of(*, postal_code: str) -> geography.Place | None:
    """Return the town that most addresses with the code (00-000), or else with its beginning, are in."""
    for length in _BEGINNINGS:
        rows = models.RegisterEntry.objects.filter(postal_code__startswith=postal_code[:length])
        towns = Counter(rows.values_list("city", "teryt")[:_ENOUGH])
        for (city, teryt), _ in towns.most_common():
            place = geography.located(city, teryt[:2])
            if place is not None:
                return place
    return None
