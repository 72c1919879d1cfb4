"""Stored files as answers: as an attachment or as pictures of pages, never guessed at by the browser."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ols.db.errors import NotFound
from ols.documents import preview, selectors
from ols.documents.selectors import OpenedDocument
from ols.kernel.actor import Actor
from ols.network import selectors as network

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


def page_numbers(pages: int | None) -> range:
    """Return the pages of a file that are shown as pictures."""
    return range(1, min(pages or 1, preview.MOST_PAGES) + 1)


def page_picture(actor: Actor, contract_uuid: UUID, document_uuid: UUID, number: int) -> HttpResponse:
    """Return one page of a file of a co-operation as a picture of our own making.

    :raises NotFound: no such page, or no file this actor may see
    """
    uuid = str(document_uuid)
    network.contract_file(actor, contract_uuid=str(contract_uuid), document_uuid=uuid)
    opened = selectors.open_document(actor=actor, uuid=uuid)
    try:
        picture = preview.page(opened.content, kind=opened.kind, number=number)
    except preview.CannotShow as error:
        raise NotFound from error
    headers = {
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)
