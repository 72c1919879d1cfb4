"""A socket server that speaks clamd's INSTREAM and knows one virus, the one for tests; it can be rude."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# In two pieces: scanners on developers' machines would remove this file otherwise.
EICAR: Final = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
HONEST, SILENT, MUTE, REFUSING = "honest", "silent", "mute", "refusing"


@contextmanager
def running(mood: str = HONEST, *, path: str = "") -> Iterator[str | tuple[str, int]]:
    """Listen until the block ends; give the address for `settings.CLAMD`."""
    server = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    server.bind(path or ("127.0.0.1", 0))
    server.listen()
    thread = threading.Thread(target=_serve, args=(server, mood), daemon=True)
    thread.start()
    try:
        yield path or ("127.0.0.1", server.getsockname()[1])
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(timeout=5)


def _serve(server: socket.socket, mood: str) -> None:
    while True:
        try:
            line, _peer = server.accept()
        except OSError:
            return
        with line:
            _answer(line, mood)


def _answer(line: socket.socket, mood: str) -> None:
    if mood == MUTE:
        return
    assert _exactly(line, 10) == b"zINSTREAM\0"
    data = b""
    while size := struct.unpack("!I", _exactly(line, 4))[0]:
        data += _exactly(line, size)
    if mood == REFUSING:
        line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
    elif mood == SILENT:
        line.sendall(b"stream: ")
    else:
        line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


def _exactly(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = line.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data
