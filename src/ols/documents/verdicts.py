"""What the opened file turned out to be; shared by the process that opens it and the one that asks."""

from enum import StrEnum
from typing import Final

# An A4 page scanned in color at 600 dpi is 35 million pixels; photos of phones reach 50 million.
MAX_PIXELS: Final = 60_000_000


class Kind(StrEnum):
    """The only kinds of files that are kept."""

    PDF = "pdf"
    JPEG = "jpeg"


class Verdict(StrEnum):
    """Why the content of a file is not acceptable."""

    WRONG_TYPE = "WRONG_TYPE"
    BROKEN = "BROKEN"
    ENCRYPTED = "ENCRYPTED"
    TOO_COMPLEX = "TOO_COMPLEX"


class Unacceptable(Exception):
    """The content cannot be kept."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict.value)
