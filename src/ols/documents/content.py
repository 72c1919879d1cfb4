"""Is an uploaded file what it says, and is it harmless? Decided by opening it, never by its name."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, ClassVar, Final

from ols.documents import apart, clamd, refusals
from ols.documents.refusals import gettext_noop as _
from ols.documents.verdicts import Kind, Verdict

MAX_BYTES: Final = 10 * 1024 * 1024


class UploadRefused(refusals.FileRefused):
    """The file cannot be kept; the code says why and the message what to do about it."""

    messages: ClassVar[Mapping[str, str]] = {
        "NOTHING_CHOSEN": _("No file has been chosen."),
        "EMPTY": _("The file is empty."),
        "TOO_BIG": _("The file is bigger than %(limit)s MB."),
        "WRONG_TYPE": _("Only pdf and jpg files are accepted, and this file is neither."),
        "BROKEN": _("The file is damaged. Save it again and repeat the upload."),
        "ENCRYPTED": _("The file is protected by a password. Remove the password and repeat the upload."),
        "TOO_COMPLEX": _(
            "The file unpacks to too much data. Save it with fewer pages or a lower resolution."
        ),
        "INFECTED": _("The file holds a virus and was not saved."),
        "SCANNER_AWAY": _("The virus scanner does not answer, so nothing was saved."),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that may be kept. `sha256` (hexadecimal) and `size` (bytes) describe `clean_bytes`.

    `scan` says what the virus scanner found: clean, or off when none is configured.
    """

    kind: Kind
    sha256: str
    size: int
    clean_bytes: bytes
    pages: int | None = None
    scan: str = ""


def check_upload(stream: BinaryIO | None, *, max_bytes: int = MAX_BYTES) -> CheckedFile:
    """Read, open and rewrite an uploaded file.

    What is kept is the rewritten file: pages or pixels only, without scripts, attachments, metadata or
    anything appended. `stream` is None if the form came without a file. Raises `UploadRefused`.
    Pages call `services.receive`, which also leaves a record of infected files.
    """
    if stream is None:
        raise UploadRefused("NOTHING_CHOSEN")
    data = _read_up_to(stream, max_bytes + 1)
    if not data:
        raise UploadRefused("EMPTY")
    if len(data) > max_bytes:
        raise UploadRefused("TOO_BIG", limit=str(max_bytes // (1024 * 1024)))
    scan = _scanned(data)
    kind, pages, cleaned = _opened_apart(data)
    return CheckedFile(
        kind=kind,
        sha256=hashlib.sha256(cleaned).hexdigest(),
        size=len(cleaned),
        clean_bytes=cleaned,
        pages=pages,
        scan=scan,
    )


def _scanned(data: bytes) -> str:
    """Ask the virus scanner about the file as it came; without an answer nothing is kept."""
    if not clamd.is_configured():
        return "off"
    try:
        virus = clamd.found_in(data)
    except clamd.ScannerAway as error:
        raise UploadRefused("SCANNER_AWAY") from error
    if virus:
        raise UploadRefused(
            "INFECTED", virus=virus, sha256=hashlib.sha256(data).hexdigest(), size=str(len(data))
        )
    return "clean"


def _read_up_to(stream: BinaryIO, count: int) -> bytes:
    pieces = []
    while count > 0:
        piece = stream.read(count)
        if not piece:
            break
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _opened_apart(data: bytes) -> tuple[Kind, int, bytes]:
    """Kind, number of pages and cleaned content, found by a limited child process."""
    answer = apart.answer("ols.documents.check_child", data)
    if answer is None:
        raise UploadRefused(Verdict.TOO_COMPLEX.value)
    head, _newline, body = answer.partition(b"\n")
    word, _space, pages = head.decode("ascii", "replace").partition(" ")
    if word in list(Kind) and pages.isdecimal():
        return Kind(word), int(pages), body
    # Anything else than a verdict is a fault of a library: the file is not one to keep.
    raise UploadRefused(word if word in list(Verdict) else Verdict.TOO_COMPLEX.value)
