"""The words of a PDF: its lines as they stand on the page, and its form fields. Runs in a child process only.

The file is a stranger's, so everything is bounded; what lies beyond the bounds is not read.
"""

import io
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

import pypdf
from pypdf.errors import PyPdfError

from ols.documents.verdicts import Unacceptable, Verdict

MAX_PAGES: Final = 40
MAX_CHARACTERS: Final = 200_000
MAX_FIELDS: Final = 2_000
MAX_XFA_BYTES: Final = 2_000_000
Words = dict[str, list[list[str]]]


def words(data: bytes) -> Words:
    """Return `pages` (each a list of lines; columns stay apart by spaces) and `fields` (label, value).

    Raises `Unacceptable`: WRONG_TYPE, ENCRYPTED or BROKEN.
    """
    if not data.startswith(b"%PDF-"):
        raise Unacceptable(Verdict.WRONG_TYPE)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        is_encrypted = reader.is_encrypted
        found = {} if is_encrypted else {"pages": _bounded(_pages(reader)), "fields": _fields(reader)}
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        # The library meets damaged files with errors of every kind.
        raise Unacceptable(Verdict.BROKEN) from error
    if is_encrypted:
        raise Unacceptable(Verdict.ENCRYPTED)
    return found


def _pages(reader: pypdf.PdfReader) -> Iterator[list[str]]:
    for page in reader.pages[:MAX_PAGES]:
        text = _layout(page) or page.extract_text()
        yield [line.rstrip() for line in text.splitlines() if line.strip()]


def _layout(page: pypdf.PageObject) -> str:
    """Return the text with its columns; empty where the library cannot lay it out (turned text, say)."""
    try:
        return page.extract_text(extraction_mode="layout")
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return ""


def _bounded(pages: Iterator[list[str]]) -> list[list[str]]:
    kept: list[list[str]] = []
    left = MAX_CHARACTERS
    for lines in pages:
        taken: list[str] = []
        for line in lines:
            taken.append(line[:left])
            left -= len(taken[-1])
            if left <= 0:
                return [*kept, taken]
        kept.append(taken)
    return kept


def _fields(reader: pypdf.PdfReader) -> list[list[str]]:
    """Return what is filled in, labeled by the field's hint for people or its name."""
    found = [
        [str(field.get("/TU") or name), str(field.get("/V"))]
        for name, field in list((reader.get_fields() or {}).items())[:MAX_FIELDS]
        if isinstance(field.get("/V"), str)
    ]
    packet = (reader.xfa or {}).get("datasets")
    found += _xfa(packet[:MAX_XFA_BYTES]) if isinstance(packet, bytes) else []
    return [[label[:200], value[:1_000]] for label, value in found[:MAX_FIELDS]]


def _xfa(packet: bytes) -> list[list[str]]:
    """Return the leaves of the form's XML; a document type (entities) or broken XML ends the reading."""
    found: list[list[str]] = []
    texts: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        texts.clear()

    def end(name: str) -> None:
        text = "".join(texts).strip()
        if text:
            found.append([name.rpartition(" ")[2], text])
        texts.clear()

    def refuse(*_declaration: object) -> None:
        raise ValueError("a form's data declare no document type")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(packet, True)
    except (expat.ExpatError, ValueError):
        return found
    return found
