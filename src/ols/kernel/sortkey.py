"""Polish alphabetical order and search without accents, the same on every database server.

The order comes from a key stored beside the text and compared byte by byte (collation "C").
"""

import unicodedata

# Each letter's base and its place among the letters with that base: ą after a, ł after l, ź before ż.
_POLISH = {
    "ą": ("a", 1), "ć": ("c", 1), "ę": ("e", 1), "ł": ("l", 1), "ń": ("n", 1),
    "ó": ("o", 1), "ś": ("s", 1), "ź": ("z", 1), "ż": ("z", 2),
}  # fmt: skip
# What decomposition does not take apart.
_FOLDED = str.maketrans({"ł": "l", "ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "œ": "oe", "þ": "th"})


def polish_sort_key(text: str) -> str:
    """Return a text whose order by code points is the Polish order of the original.

    Case and accents of other languages only break ties.
    """
    plain = unicodedata.normalize("NFC", text).strip()
    return "".join(_place(letter) for letter in plain.lower()) + "\u0001" + plain


def search_key(text: str) -> str:
    """Return the text in lower case without accents and with single spaces: "Łódź" finds "lodz"."""
    return " ".join(_without_accents(text).split())


def _place(letter: str) -> str:
    if letter.isspace():
        return " "
    base, rank = _POLISH.get(letter, ("", 0))
    if base:
        return base + chr(ord("}") + rank)
    return _without_accents(letter)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).lower().translate(_FOLDED)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
