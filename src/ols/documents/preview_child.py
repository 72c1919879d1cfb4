"""Paints one page of a PDF in a process of its own. Started by `ols.documents.preview` only.

Reads the page's number (two bytes) and the file from standard input; writes a JPEG, or nothing when there is
no such page.
"""

import io
import sys
from typing import Final

from ols.documents import apart

_WIDTH: Final = 1000
_HIGHEST: Final = 4000


def main() -> int:
    """Answer on standard output; the exit status is 0 also when there is nothing to show."""
    apart.limit_resources()
    data = sys.stdin.buffer.read()
    import pypdfium2  # noqa: PLC0415 - loaded only after the limits are set

    try:
        document = pypdfium2.PdfDocument(data[2:])
        page = document[int.from_bytes(data[:2]) - 1]
        width, height = page.get_size()
        scale = min(_WIDTH / width, _HIGHEST / height)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError, MemoryError):
        return 0
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
