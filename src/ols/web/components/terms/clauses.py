"""Two versions of a text, clause by clause: what is gone, what is new, word by word where it is alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

SAME: Final = "same"
ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
# Below this likeness two clauses are two clauses, not one that changed.
_ALIKE: Final = 0.5
_BLANK = re.compile(r"\n[ \t]*\n")
_BEGINNING = re.compile(r"(?=^[ \t]*(?:#{1,6} |\d+[.)] |[-*+] ))", re.MULTILINE)
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: the same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph, heading or item of a list."""

    kind: str
    pieces: tuple[Piece, ...]


def split(text: str) -> list[str]:
    """Return the clauses of a Markdown text."""
    blocks = _BLANK.split(text.replace("\r\n", "\n"))
    return [part.strip() for block in blocks for part in _BEGINNING.split(block) if part.strip()]


def compare(old: str, new: str) -> list[Clause]:
    """Return every clause of both texts in the order of reading."""
    before, after = split(old), split(new)
    found: list[Clause] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Clause(SAME, (Piece(SAME, text),)) for text in before[i1:i2]]
        else:
            found += _replaced(before[i1:i2], after[j1:j2])
    return found


def _replaced(before: list[str], after: list[str]) -> Iterator[Clause]:
    for old, new in zip_longest(before, after):
        if old is not None and new is not None:
            pieces = _pieces(_WORD.findall(old), _WORD.findall(new))
            if pieces:
                yield Clause(CHANGED, pieces)
                continue
        if old is not None:
            yield Clause(REMOVED, (Piece(REMOVED, old),))
        if new is not None:
            yield Clause(ADDED, (Piece(ADDED, new),))


def _pieces(before: list[str], after: list[str]) -> tuple[Piece, ...]:
    """Return what changed word by word; nothing when the two have little in common."""
    words = SequenceMatcher(None, before, after, autojunk=False)
    if words.ratio() < _ALIKE:
        return ()
    found = []
    for tag, i1, i2, j1, j2 in words.get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            found.append(Piece(SAME, gone))
            continue
        found += [Piece(kind, text) for kind, text in ((REMOVED, gone), (ADDED, come)) if text]
    return tuple(found)
