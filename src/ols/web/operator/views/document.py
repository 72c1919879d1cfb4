"""Files applicants sent."""

from uuid import UUID

from django.http import HttpResponse

from ols.accounts.permissions import Permission
from ols.documents import selectors
from ols.web import page
from ols.web.components import downloads
from ols.web.page import PageRequest


@page.page(Permission.APPLICATION_REVIEW, methods=("GET",))
def document_open(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Send a register extract as an attachment."""
    return downloads.attachment(selectors.open_document(actor=request.actor, uuid=str(uuid)))
