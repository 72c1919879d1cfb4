"""Which clinics of a network are marked out, for the statements of the public search."""

from datetime import date
from typing import Any, Final

from ols.catalog import selectors as catalog
from ols.network.selectors import badges

_MARKED: Final = """EXISTS (SELECT 1 FROM network_pub_highlight h WHERE h.insurer_id = %(insurer)s
    AND h.provider_id = k.provider_id AND {what} AND (l.areas IS NULL OR h.area_id <> ALL(l.areas))
    AND h.valid_from <= %(day)s AND (h.valid_to IS NULL OR h.valid_to > %(day)s))"""


def marked_sql(area_id: int | None, values: dict[str, Any]) -> str:
    """Return the condition that `k.provider_id` is highlighted (in the area, if one is given)."""
    if area_id is None:
        return _MARKED.replace("{what}", "true")
    values["marked_area"] = area_id
    return _MARKED.replace("{what}", "h.area_id = %(marked_area)s")


def marked_areas(insurer_id: int, providers: set[int], day: date) -> dict[int, frozenset[int]]:
    """Return the ids of the areas the providers are highlighted in; those without a badge are left out."""
    found = badges.highlighted_areas(insurer_id=insurer_id, provider_ids=providers, on=day)
    ids = {area.code: area.id for area in catalog.areas()}
    return {provider: frozenset(ids[code] for code in codes) for provider, codes in found.items()}
