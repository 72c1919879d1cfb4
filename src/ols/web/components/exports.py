"""Tables as downloads for a spreadsheet; how they are written is `ols.documents.table_files`."""

import tempfile
from typing import Final

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from ols.documents.table_files import (
    AMOUNT,
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    Cell,
    Column,
    Sheet,
    csv_file,
    csv_pieces,
    write_xlsx,
    xlsx_file,
)

__all__ = [
    "AMOUNT",
    "DAY",
    "KINDS",
    "MOMENT",
    "NUMBER",
    "TEXT",
    "Cell",
    "Column",
    "Sheet",
    "csv_file",
    "response",
    "streamed",
    "xlsx_file",
]

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KINDS: Final = tuple(_TYPES)


def response(sheet: Sheet, kind: str) -> HttpResponse:
    """Return the table as a `csv` or `xlsx` download."""
    content = csv_file(sheet) if kind == "csv" else xlsx_file(sheet)
    return HttpResponse(
        content,
        content_type=_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{sheet.name}.{kind}"'},
    )


def streamed(sheet: Sheet, kind: str) -> StreamingHttpResponse:
    """Return a long table as a download that is never whole in memory."""
    disposition = {"Content-Disposition": f'attachment; filename="{sheet.name}.{kind}"'}
    if kind == "csv":
        return StreamingHttpResponse(csv_pieces(sheet), content_type=_TYPES[kind], headers=disposition)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
    write_xlsx(sheet, file, {"constant_memory": True})
    file.seek(0)
    return FileResponse(file, content_type=_TYPES[kind], headers=disposition)
