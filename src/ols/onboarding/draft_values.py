"""What several tabs typed into one draft, field by field. Pure: values in, values out.

Each field keeps its history as `[version, tab, value]`, the newest last. A tab says which version it was
opened with (`seen`) and who it is (`tab`); what it saved itself it has seen, too. So a field that somebody
else changed meanwhile is told from one that is merely shown as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# Texts of the application, in the order of the page.
TEXTS: Final = (
    "name", "nip", "regon", "krs", "register_book_no", "legal_form", "street", "postal_code", "city",
    "representative_name", "representative_function", "email", "phone",
)  # fmt: skip
# Also kept: the ticked areas (codes with commas) and the version of the terms that was accepted.
FIELDS: Final = (*TEXTS, "areas", "accepted")
REGISTER: Final = "register"
MOST_LETTERS: Final = 300
# A field older than this many changes counts as unseen: its tab is asked instead of trusted.
_KEPT: Final = 40

Entries = dict[str, list[list[Any]]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The histories after a save; `conflicts` are fields another tab has changed, with what it saved."""

    entries: Entries
    is_changed: bool
    conflicts: dict[str, str]


def begin(values: Mapping[str, str]) -> Entries:
    """Return the histories of a new draft: what the register knows."""
    return {name: [[1, REGISTER, value]] for name, value in _known_fields(values).items() if value}


def current(entries: Entries) -> dict[str, str]:
    """Return the newest value of every field."""
    return {name: str(history[-1][2]) for name, history in entries.items()}


@dataclass(frozen=True, slots=True)
class Tab:
    """Who types: a page opened at version `seen`. `chosen` is set once the person has seen what another tab
    saved up to that version and wants the own words instead, in the fields that both have changed.
    """

    name: str
    seen: int
    chosen: int = 0


def merge(entries: Entries, typed: Mapping[str, str], tab: Tab, *, version: int) -> Merged:
    """Take over what the tab typed as `version`; what another tab has changed meanwhile stays."""
    merged, conflicts = dict(entries), {}
    for name, value in _known_fields(typed).items():
        history = entries.get(name, [])
        newest = str(history[-1][2]) if history else ""
        place = _last_seen(history, tab)
        if value == newest or (place < len(history) and value == _value(history, place)):
            continue
        if place == len(history) or history[-1][0] <= tab.chosen:
            merged[name] = [*history, [version, tab.name, value]][-_KEPT:]
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


def _known_fields(values: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value.replace("\0", "").strip()[:MOST_LETTERS]
        for name, value in values.items()
        if name in FIELDS
    }
