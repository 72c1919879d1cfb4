"""What several pages typed into one draft, field by field. Pure: values in, values out (adr/0011).

Each field keeps its history as `[version, tab, value]`, the newest last. A tab says which version it was
opened with (`seen`) and who it is (`tab`); what it saved itself it has seen, too. So a field that somebody
else changed meanwhile is told from one that is merely shown as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# A field older than this many changes counts as unseen: its tab is asked instead of trusted.
_KEPT: Final = 40

Entries = dict[str, list[list[Any]]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The histories after a save; `conflicts` are fields another tab has changed, with what it saved."""

    entries: Entries
    is_changed: bool
    conflicts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tab:
    """Who types: a page opened at version `seen`. `chosen` is set once the person has seen what another tab
    saved up to that version and wants the own words instead, in the fields that both have changed.
    """

    name: str
    seen: int
    chosen: int = 0


def begin(values: Mapping[str, str], *, origin: str, version: int) -> Entries:
    """Return the histories of a new draft that starts with what is known."""
    return {name: [[version, origin, value]] for name, value in values.items() if value}


def current(entries: Entries) -> dict[str, str]:
    """Return the newest value of every field."""
    return {name: str(history[-1][2]) for name, history in entries.items()}


def merge(entries: Entries, typed: Mapping[str, str], tab: Tab, *, version: int, kept: int = _KEPT) -> Merged:
    """Take over what the tab typed as `version`; what another tab has changed meanwhile stays."""
    merged, conflicts = dict(entries), {}
    for name, value in typed.items():
        history = entries.get(name, [])
        newest = str(history[-1][2]) if history else ""
        place = _last_seen(history, tab)
        if value == newest or (place < len(history) and value == _value(history, place)):
            continue
        if place == len(history) or history[-1][0] <= tab.chosen:
            merged[name] = [*history, [version, tab.name, value]][-kept:]
        else:
            conflicts[name] = newest
    return Merged(merged, merged != entries, conflicts)


def _last_seen(history: list[list[Any]], tab: Tab) -> int:
    """Return how many steps of the history the tab knows."""
    known = [
        place for place, step in enumerate(history, start=1) if step[0] <= tab.seen or step[1] == tab.name
    ]
    return known[-1] if known else 0


def _value(history: list[list[Any]], place: int) -> str:
    """Return what the field held after so many steps."""
    return str(history[place - 1][2]) if place else ""
