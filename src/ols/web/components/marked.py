"""Two texts side by side with the words marked that the other does not have."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from ols.kernel.sortkey import search_key


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a value; `is_other` when the other side does not have it."""

    text: str
    is_other: bool


def differences(said: str, known: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in words, those marked that the other does not have in their place."""
    first, second = said.split(), known.split()
    steps = SequenceMatcher(None, [search_key(word) for word in first], [search_key(word) for word in second])
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, begin, end, begin_other, end_other in steps.get_opcodes():
        is_other = kind != "equal"
        if end > begin:
            left.append(Piece(" ".join(first[begin:end]), is_other))
        if end_other > begin_other:
            right.append(Piece(" ".join(second[begin_other:end_other]), is_other))
    return left, right
