"""Is an uploaded file what it says, and is it harmless? Decided by opening it, never by its name."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

import ols
from ols.documents import refusals
from ols.documents.refusals import gettext_noop as _
from ols.documents.verdicts import Kind, Verdict

MAX_BYTES: Final = 10 * 1024 * 1024
# Twice the processor time the child may use: a busy machine is no reason to refuse a file.
_WAIT_SECONDS: Final = 30


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
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that may be kept. `sha256` (hexadecimal) and `size` (bytes) describe `clean_bytes`."""

    kind: Kind
    sha256: str
    size: int
    clean_bytes: bytes


def check_upload(stream: BinaryIO | None, *, max_bytes: int = MAX_BYTES) -> CheckedFile:
    """Read, open and rewrite an uploaded file.

    What is kept is the rewritten file: pages or pixels only, without scripts, attachments, metadata or
    anything appended. `stream` is None if the form came without a file. Raises `UploadRefused`.
    """
    if stream is None:
        raise UploadRefused("NOTHING_CHOSEN")
    data = _read_up_to(stream, max_bytes + 1)
    if not data:
        raise UploadRefused("EMPTY")
    if len(data) > max_bytes:
        raise UploadRefused("TOO_BIG", limit=str(max_bytes // (1024 * 1024)))
    kind, cleaned = _opened_apart(data)
    return CheckedFile(
        kind=kind,
        sha256=hashlib.sha256(cleaned).hexdigest(),
        size=len(cleaned),
        clean_bytes=cleaned,
    )


def _read_up_to(stream: BinaryIO, count: int) -> bytes:
    pieces = []
    while count > 0:
        piece = stream.read(count)
        if not piece:
            break
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _opened_apart(data: bytes) -> tuple[Kind, bytes]:
    """Kind and cleaned content, found by a limited child process that sees none of our environment."""
    command = [sys.executable, "-P", "-m", "ols.documents.check_child"]
    environment = {"PYTHONPATH": str(Path(ols.__path__[0]).parent), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the stranger's file is only its input
            command,
            input=data,
            capture_output=True,
            timeout=_WAIT_SECONDS,
            check=False,
            cwd="/",
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise UploadRefused(Verdict.TOO_COMPLEX.value) from error
    head, _newline, body = done.stdout.partition(b"\n")
    answer = head.decode("ascii", "replace")
    if done.returncode == 0 and answer in list(Kind):
        return Kind(answer), body
    if done.returncode == 0 and answer in list(Verdict):
        raise UploadRefused(answer)
    # Killed by a limit or by a fault of a library: either way the file is not one to keep.
    raise UploadRefused(Verdict.TOO_COMPLEX.value)
