"""The documents of an offer."""

from uuid import UUID

from django.http import HttpResponse

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.documents import selectors as documents
from ols.network import selectors
from ols.web import page
from ols.web.components import downloads
from ols.web.page import PageRequest


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def document_open(request: PageRequest, uuid: UUID, document: UUID) -> HttpResponse:
    """Send a document of the offer as an attachment."""
    offer = selectors.offer(request.actor, uuid=str(uuid))
    if str(document) not in {item.document_uuid for item in offer.contract.documents}:
        raise NotFound
    return downloads.attachment(documents.open_document(actor=request.actor, uuid=str(document)))
