"""Asks a ClamAV daemon whether a file holds a virus: its command INSTREAM, over TCP or a local socket."""

import socket
import struct
from typing import Final

from django.conf import settings

_CONNECT_SECONDS: Final = 3
# A big archive takes a scanner some seconds; a busy one more.
_ANSWER_SECONDS: Final = 30
_CHUNK: Final = 1 << 18
_LONGEST_ANSWER: Final = 4096
_CLEAN: Final = "stream: OK"


class ScannerAway(Exception):
    """A daemon is configured, and did not say whether the file is clean."""


def is_configured() -> bool:
    """Say whether uploads are scanned here."""
    return bool(settings.CLAMD)


def found_in(data: bytes) -> str:
    """Return the name of the virus in the file; empty for a clean one.

    :raises ScannerAway: no answer, an answer that is neither, or the daemon refused to look
    """
    try:
        with _connected() as line:
            _send(line, data)
            answer = _answer(line)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer == _CLEAN:
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerAway(answer or "an empty answer")


def _connected() -> socket.socket:
    where: str | tuple[str, int] = settings.CLAMD
    if isinstance(where, tuple):
        line = socket.create_connection(where, timeout=_CONNECT_SECONDS)
    else:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_CONNECT_SECONDS)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
    line.settimeout(_ANSWER_SECONDS)
    return line


def _send(line: socket.socket, data: bytes) -> None:
    """Send the file in pieces, each after its length; a piece of no length ends it."""
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), _CHUNK):
        piece = data[start : start + _CHUNK]
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    """Read up to the zero that ends the answer; one cut off is none."""
    answer = b""
    while not answer.endswith(b"\0"):
        piece = line.recv(_LONGEST_ANSWER)
        if not piece or len(answer) > _LONGEST_ANSWER:
            raise ConnectionError("the answer broke off")
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
