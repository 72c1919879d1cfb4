"""Tables people upload, XLSX or CSV, as rows of text; reading one cannot harm us.

An XLSX file is unpacked in a process of its own with limits (`apart`), whatever it unpacks to. What the
columns mean is for the context that asked.
"""

import codecs
import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from ols.documents import apart, refusals
from ols.documents.refusals import gettext_noop as _

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 50
MAX_LETTERS: Final = 1_000
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = ";\t,"


class TableRefused(refusals.FileRefused):
    """The file is no table that can be read; the code says why and the message what to do about it."""

    messages: ClassVar[Mapping[str, str]] = {
        "EMPTY": _("The file is empty. Choose another one."),
        "TOO_BIG": _("The file is bigger than %(limit)s MB. Choose a smaller one."),
        "TOO_MANY_ROWS": _("The file has more than %(limit)s rows. Split it into smaller ones."),
        "TOO_COMPLEX": _(
            "The file unpacks to too much data. Copy the table to a new workbook and save that."
        ),
        "WRONG_TYPE": _("This is neither an XLSX nor a CSV file. Save the table as one of them."),
        "BROKEN": _("The file is damaged and cannot be opened. Save it again and add it once more."),
        "ENCRYPTED": _("The file is protected with a password. Save it without the password."),
        "BROKEN_CSV": _("Quotation marks do not end properly near line %(line)s."),
    }


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that is not blank: its number in the file (from 1) and its cells as text.

    Numbers of a workbook are written as plain decimals with a dot, at most with the digits it shows.
    """

    line: int
    cells: tuple[str, ...]


def read_table(data: bytes) -> list[TableRow]:
    """Return the rows of the (first) table.

    CSV may be UTF-8 or Windows-1250, with semicolons, commas or tabs between the fields.

    :raises TableRefused: see its codes
    """
    if not data.strip():
        raise TableRefused("EMPTY")
    if len(data) > MAX_BYTES:
        raise TableRefused("TOO_BIG", limit=str(MAX_BYTES // (1024 * 1024)))
    if data.startswith(_OLD_EXCEL):
        raise TableRefused("ENCRYPTED")
    rows = _workbook(data) if data.startswith(_ZIP) else read_text(_decoded(data))
    if len(rows) > MAX_ROWS:
        raise TableRefused("TOO_MANY_ROWS", limit=str(MAX_ROWS))
    if not rows:
        raise TableRefused("EMPTY")
    return rows


def read_text(text: str) -> list[TableRow]:
    """Return the rows of a table written as text: a CSV file, or cells copied from a spreadsheet.

    :raises TableRefused: BROKEN_CSV
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableRefused("BROKEN_CSV", line=str(line)) from error
    return _cleaned(rows)


def _workbook(data: bytes) -> list[TableRow]:
    answer = apart.answer("ols.documents.sheet_child", data)
    if answer is None:
        raise TableRefused("TOO_COMPLEX")
    found = json.loads(answer)
    if "verdict" in found:
        raise TableRefused(found["verdict"], limit=str(MAX_ROWS))
    return _cleaned([(line, cells) for line, cells in found["rows"]])


def _cleaned(rows: list[tuple[int, list[str]]]) -> list[TableRow]:
    """Drop blank rows and what no page shows; a row longer than any table is cut."""
    made = [
        TableRow(line, tuple(_clean(cell) for cell in cells[:MAX_COLUMNS]))
        for line, cells in rows[: MAX_ROWS * 2]
    ]
    return [row for row in made if any(row.cells)]


def _clean(cell: str) -> str:
    kept = (sign if sign.isprintable() or sign == "\u00a0" else " " for sign in cell[:MAX_LETTERS])
    return "".join(kept).strip()


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableRefused("WRONG_TYPE")


def _delimiter(text: str) -> str:
    """Return what parts the fields: the sign most frequent in the first line, outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=lambda sign: (bare.count(sign), -_DELIMITERS.index(sign)))
