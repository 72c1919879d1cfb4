"""Reads the words of one PDF in a process of its own. Started by `ols.documents.text` only.

Reads the file from standard input; writes one JSON object: a verdict, or pages and fields.
"""

import json
import sys

from ols.documents import apart
from ols.documents.verdicts import Unacceptable, Verdict


def main() -> int:
    """Answer on standard output; the exit status is 0 for every verdict."""
    apart.limit_resources()
    # The library is loaded only after the limits are set.
    from ols.documents import pdf_text  # noqa: PLC0415

    try:
        answer: dict[str, object] = {**pdf_text.words(sys.stdin.buffer.read())}
    except Unacceptable as error:
        answer = {"verdict": error.verdict.value}
    except (MemoryError, RecursionError):
        answer = {"verdict": Verdict.TOO_COMPLEX.value}
    # Escapes keep lone surrogates, which damaged fonts give, harmless.
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
