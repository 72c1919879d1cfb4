"""Text made safe for print: what the fonts cannot show never stops a document."""

import re
import unicodedata
from typing import Final

# What the packaged fonts cover: Latin with Polish and Vietnamese letters, Greek, Cyrillic, the usual signs.
_COVERED: Final = (
    " -~\u00a0-\u00ac\u00ae-\u0148\u014a-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b"
    "\u0384-\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490\u0491\u1ea0-\u1ef9"
    "\u2010-\u2027\u2030-\u203a\u2044\u20ac\u2116\u2122\u2190-\u2193\u2212\u2260\u2264\u2265\u25a1\u2713\u2717"
)
_SPACING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_UNKNOWN = re.compile(f"[^{_COVERED}]")
_BOX: Final = "\u25a1"


def printable(text: str) -> str:
    """The text with letters composed, invisible signs dropped and unknown ones shown as an empty box."""
    composed = unicodedata.normalize("NFC", text)
    return _UNKNOWN.sub(_BOX, _INVISIBLE.sub("", _SPACING.sub(" ", composed)))


def printable_data(value: object) -> object:
    """The same structure of mappings and lists with every text printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable_data(item) for item in value]
    return value
