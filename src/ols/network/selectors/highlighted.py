"""Which clinics of a network are marked out, for the statements of the public search."""

from datetime import date
from typing import Any, Final

from ols.catalog import selectors as catalog
from ols.network.selectors import badges

# Joined as `h`: the areas each provider is highlighted in that day; beside `l`, its suspended areas.
JOINED: Final = """LEFT JOIN (SELECT provider_id, array_agg(area_id::int) AS areas FROM network_pub_highlight
    WHERE insurer_id = %(insurer)s AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
    GROUP BY provider_id) AS h ON h.provider_id = k.provider_id"""
_ANYWHERE: Final = "(h.areas IS NOT NULL AND (l.areas IS NULL OR NOT h.areas <@ l.areas))"
_IN_AREA: Final = """(h.areas IS NOT NULL AND %(marked_area)s = ANY(h.areas)
    AND (l.areas IS NULL OR %(marked_area)s <> ALL(l.areas)))"""


def marked_sql(area_id: int | None, values: dict[str, Any]) -> str:
    """Return the condition that a row of the search is highlighted (in the area, if one is given)."""
    if area_id is None:
        return _ANYWHERE
    values["marked_area"] = area_id
    return _IN_AREA


def marked_areas(insurer_id: int, providers: set[int], day: date) -> dict[int, frozenset[int]]:
    """Return the ids of the areas the providers are highlighted in; those without a badge are left out."""
    found = badges.highlighted_areas(insurer_id=insurer_id, provider_ids=providers, on=day)
    ids = {area.code: area.id for area in catalog.areas()}
    return {provider: frozenset(ids[code] for code in codes) for provider, codes in found.items()}
