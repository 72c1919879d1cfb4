"""The outside of a register file: bytes to rows of text, or one sentence why it cannot be read.

Semicolon CSV with a header, UTF-8 (with or without byte-order mark) or CP1250; docs/formats/register.md.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

MAX_BYTES = 200 * 1024 * 1024
_OTHER_UNICODE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translation catalog; pages translate it."""
    return text


MESSAGES = {
    "EMPTY": gettext_noop("The file is empty."),
    "TOO_BIG": gettext_noop("The file is bigger than 200 MB."),
    "NOT_TEXT": gettext_noop("This is not a text file in UTF-8 or CP1250."),
    "DAMAGED_TEXT": gettext_noop("Line %(detail)s holds bytes that are not UTF-8, although the rest is."),
    "MISSING_COLUMNS": gettext_noop("The header lacks columns: %(detail)s. Semicolons separate fields."),
    "UNKNOWN_COLUMNS": gettext_noop("The header has columns the format does not know: %(detail)s."),
    "REPEATED_COLUMNS": gettext_noop("The header repeats columns: %(detail)s."),
    "BROKEN_CSV": gettext_noop("Quotes do not end properly, or a field is too long, near line %(detail)s."),
    "NO_ENTITIES": gettext_noop("No line of the file holds an entity that can be imported."),
    "OLDER_SNAPSHOT": gettext_noop("A newer state of the register, of %(detail)s, is already imported."),
}


class BrokenFile(Exception):
    """The file as a whole cannot be used; nothing was changed.

    `code` is a key of MESSAGES; `detail` fills the sentence (a line number, names of columns).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep both for the page; the text is for commands and logs."""
        super().__init__(MESSAGES[code] % {"detail": detail})
        self.code = code
        self.message = MESSAGES[code]
        self.detail = detail


class Row(NamedTuple):
    """One data line: its number in the file (where it begins) and its fields."""

    line: int
    fields: list[str]


def decode(content: bytes) -> str:
    """Return the file's text.

    :raises BrokenFile: EMPTY, TOO_BIG, NOT_TEXT, DAMAGED_TEXT
    """
    if not content.strip():
        raise BrokenFile("EMPTY")
    if len(content) > MAX_BYTES:
        raise BrokenFile("TOO_BIG")
    if content.startswith(_OTHER_UNICODE):
        raise BrokenFile("NOT_TEXT")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _mostly_utf8(content):
            raise BrokenFile("DAMAGED_TEXT", str(content.count(b"\n", 0, error.start) + 1)) from error
    try:
        return content.decode("cp1250")
    except UnicodeDecodeError as error:
        raise BrokenFile("NOT_TEXT") from error


def _mostly_utf8(content: bytes) -> bool:
    """Tell damaged UTF-8 from CP1250, which would read it as other letters without complaint."""
    if content.startswith(codecs.BOM_UTF8):
        return True
    text = content.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for letter in text if letter > "\x7f") - wrong
    return right > wrong


def rows(text: str, *, required: Sequence[str], known: Sequence[str]) -> tuple[list[str], Iterator[Row]]:
    """Return the header's columns and the rows below it, blank ones left out.

    :raises BrokenFile: about the header at once; BROKEN_CSV while iterating
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise BrokenFile("BROKEN_CSV", "1") from error
    _check_header(header, required, known)
    return header, _rows_below(reader, lambda: reader.line_num)


def _check_header(header: list[str], required: Sequence[str], known: Sequence[str]) -> None:
    missing = [name for name in required if name not in header]
    if missing:
        raise BrokenFile("MISSING_COLUMNS", ", ".join(missing))
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise BrokenFile("REPEATED_COLUMNS", ", ".join(repeated)[:200])
    unknown = [name for name in header if name not in known]
    if unknown:
        raise BrokenFile("UNKNOWN_COLUMNS", ", ".join(unknown)[:200])


def _rows_below(reader: Iterator[list[str]], lines_read: Callable[[], int]) -> Iterator[Row]:
    line = lines_read() + 1
    try:
        for fields in reader:
            if any(fields):
                yield Row(line, fields)
            line = lines_read() + 1
    except csv.Error as error:
        raise BrokenFile("BROKEN_CSV", str(lines_read())) from error
