"""Stored files as answers: always as an attachment, never guessed at by the browser."""

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ols.documents.selectors import OpenedDocument

_TYPES: Final = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "xml": "application/xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attachment(opened: OpenedDocument) -> HttpResponse:
    """Return the file as a download under its own name."""
    disposition = content_disposition_header(as_attachment=True, filename=opened.name)
    return HttpResponse(
        opened.content,
        content_type=_TYPES.get(opened.kind, "application/octet-stream"),
        headers={"Content-Disposition": disposition or "attachment", "X-Content-Type-Options": "nosniff"},
    )
