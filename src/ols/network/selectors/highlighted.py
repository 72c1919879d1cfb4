"""Which clinics of a network are marked out, in the words of SQL for the public search."""

from datetime import date
from typing import Any


def marked_sql(area_id: int | None, values: dict[str, Any]) -> str:
    """Return the condition that a provider `k.provider_id` is highlighted (in the area, when one is asked for)."""
    del area_id, values
    return "false"


def marked_areas(insurer_id: int, providers: set[int], day: date) -> dict[int, frozenset[int]]:
    """Return the areas the providers are highlighted in."""
    del insurer_id, providers, day
    return {}
