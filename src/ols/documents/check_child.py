"""Opens one file of a stranger in a process of its own, which may use little and knows nothing.

Reads the file from standard input; writes one line, the verdict or the kind with the number of
pages, and after a kind the cleaned file. Started by `ols.documents.content` only.
"""

import sys

from ols.documents import apart
from ols.documents.verdicts import Kind, Unacceptable, Verdict


def main() -> int:
    """Answer on standard output; the exit status is 0 for every verdict."""
    apart.limit_resources()
    data = sys.stdin.buffer.read()
    try:
        kind, pages, cleaned = _checked(data)
    except Unacceptable as error:
        _answer(error.verdict.value, b"")
    except (MemoryError, RecursionError):
        _answer(Verdict.TOO_COMPLEX.value, b"")
    else:
        _answer(f"{kind.value} {pages}", cleaned)
    return 0


def _checked(data: bytes) -> tuple[Kind, int, bytes]:
    # The libraries are loaded only for the kind they open, and only after the limits are set.
    if data.startswith(b"%PDF-"):
        from ols.documents import clean_pdf  # noqa: PLC0415

        cleaned, pages = clean_pdf.clean(data)
        return Kind.PDF, pages, cleaned
    if data.startswith(b"\xff\xd8\xff"):
        from ols.documents import clean_jpeg  # noqa: PLC0415

        return Kind.JPEG, 1, clean_jpeg.clean(data)
    raise Unacceptable(Verdict.WRONG_TYPE)


def _answer(head: str, body: bytes) -> None:
    sys.stdout.buffer.write(head.encode() + b"\n" + body)


if __name__ == "__main__":
    sys.exit(main())
