"""What a stored or uploaded PDF says in words, for programs that compare; reading it cannot harm us."""

import json
from dataclasses import dataclass
from typing import Any

from ols.documents import apart
from ols.documents.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of each page (columns apart by spaces) and filled-in form fields as (label, value).

    `verdict` is empty, or says why nothing was read: WRONG_TYPE (a picture, say), BROKEN, ENCRYPTED or
    TOO_COMPLEX.
    """

    pages: tuple[tuple[str, ...], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    verdict: str = ""


def read(data: bytes) -> Words:
    """Read a file's words; a file that cannot be read gives a verdict, never an error."""
    answer = apart.answer("ols.documents.text_child", data)
    found: dict[str, Any] = {"verdict": Verdict.TOO_COMPLEX.value} if answer is None else json.loads(answer)
    if "verdict" in found:
        return Words(verdict=found["verdict"])
    return Words(
        pages=tuple(tuple(_clean(line) for line in page) for page in found["pages"]),
        fields=tuple((_clean(label), _clean(value)) for label, value in found["fields"]),
    )


def _clean(text: str) -> str:
    """Drop what no database keeps and no page shows: control characters and halves of characters."""
    return "".join(sign if sign.isprintable() else " " for sign in text if not "\ud800" <= sign <= "\udfff")
