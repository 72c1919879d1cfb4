"""What the results page shows of a search, as plain values."""

from dataclasses import dataclass
from datetime import date

from ols.registry import selectors as registry
from ols.registry.selectors import EntryRow, Found
from ols.web.components.shapes import Tag
from ols.web.public import search_words


@dataclass(frozen=True, slots=True)
class Row:
    """One entity: what the register says of it, and whether it can be chosen."""

    entry: EntryRow
    kind: str
    standing: Tag
    since: date | None
    can_be_chosen: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of results. `taken_for` is the number with its kind, `why_so` what decided between two kinds."""

    rows: tuple[Row, ...]
    total: int
    more: bool
    alike: bool
    taken_for: str
    why_so: str


def shown(found: Found, *, text: str, on: date) -> Shown:
    """Translate what was found for the page."""
    return Shown(
        rows=tuple(row(entry, on=on) for entry in found.rows),
        total=found.total,
        more=found.more,
        alike=found.alike,
        taken_for=search_words.taken_for(found),
        why_so=search_words.why_so(found, text),
    )


def row(entry: EntryRow, *, on: date) -> Row:
    """Translate one entity."""
    can_be_chosen = entry.standing(on) == registry.PRESENT
    return Row(
        entry=entry,
        kind=search_words.kind_of(entry),
        standing=search_words.standing_of(entry, on=on),
        since=search_words.since(entry, on=on),
        can_be_chosen=can_be_chosen,
        why_not="" if can_be_chosen else search_words.refusal(entry, on=on),
    )
