"""Reads one workbook in a process of its own. Started by `ols.documents.sheets` only.

Reads the file from standard input; writes one JSON object: a verdict, or rows with their numbers.
"""

import io
import json
import sys
import zipfile
from typing import Any, Final

from ols.documents import apart

# What the parts of the file may unpack to, all together; a sheet of 5,000 rows needs a hundredth of it.
_MOST_UNPACKED: Final = 200 * 1024 * 1024
_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 50


def main() -> int:
    """Answer on standard output; the exit status is 0 for every verdict."""
    apart.limit_resources()
    try:
        answer = _answer(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        answer = {"verdict": "TOO_COMPLEX"}
    sys.stdout.write(json.dumps(answer))
    return 0


def _answer(data: bytes) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return {"verdict": "BROKEN"}
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:
        return {"verdict": "TOO_COMPLEX"}
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        return {"verdict": "WRONG_TYPE"}
    return _rows(data)


def _rows(data: bytes) -> dict[str, Any]:
    """Return the cells of the first sheet that has any."""
    # Loaded only after the limits are set.
    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415 - see above

    try:
        book = load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > _MOST_ROWS * 2:
                return {"verdict": "TOO_MANY_ROWS"}
            rows = sheet.to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                return {"rows": [_row(line, row) for line, row in enumerate(rows, start=1)]}
    except PasswordError:
        return {"verdict": "ENCRYPTED"}
    except (CalamineError, ValueError, OSError):
        return {"verdict": "BROKEN"}
    return {"verdict": "EMPTY"}


def _row(line: int, cells: list[Any]) -> tuple[int, list[str]]:
    return line, [_text(cell) for cell in cells[:_MOST_COLUMNS]]


def _text(cell: Any) -> str:
    """Write a cell as text: numbers as plain decimals, without the noise of binary fractions."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else _decimal(cell)
    return str(cell)


def _decimal(number: float) -> str:
    """Write what a spreadsheet would show: fifteen digits, never an exponent."""
    shown = f"{number:.15g}"
    return shown if "e" not in shown else f"{number:f}"


if __name__ == "__main__":
    sys.exit(main())
