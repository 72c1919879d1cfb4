"""Which clinics of a network are marked out, for the statements of the public search."""

from datetime import date
from typing import Final

from ols.catalog import selectors as catalog
from ols.network.selectors import badges

# The badges of the day; the co-operation they belong to is asked for by the statement around.
BADGES: Final = """FROM network_highlight x WHERE x.insurer_id = %(insurer)s AND x.is_highlighted
    AND x.valid_from <= %(day)s AND (x.valid_to IS NULL OR x.valid_to > %(day)s)"""
_NOT_LAPSED: Final = """ AND (x.provider_id, x.area_id) NOT IN (
    SELECT * FROM unnest(%(lapsed_providers)s::bigint[], %(lapsed_areas)s::int[]))"""
_JOINED: Final = "LEFT JOIN (SELECT DISTINCT x.contract_id {badges}) AS h ON h.contract_id = k.id"


def joined(area_id: int | None, *, with_lapsed: bool) -> str:
    """Return the join of the contracts with a badge, as `h` (in %(area)s, if one is given)."""
    badges_that_count = BADGES + ("" if area_id is None else " AND x.area_id = %(area)s")
    if with_lapsed:
        badges_that_count += _NOT_LAPSED
    return _JOINED.replace("{badges}", badges_that_count)


def marked_areas(insurer_id: int, providers: set[int], day: date) -> dict[int, frozenset[int]]:
    """Return the ids of the areas the providers are highlighted in; those without a badge are left out."""
    found = badges.highlighted_areas(insurer_id=insurer_id, provider_ids=providers, on=day)
    ids = {area.code: area.id for area in catalog.areas()}
    return {provider: frozenset(ids[code] for code in codes) for provider, codes in found.items()}
