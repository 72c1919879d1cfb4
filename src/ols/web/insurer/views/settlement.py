"""A clinic's confirmed report as the insurer's finance people see it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.settlement import selectors, services
from ols.web import page
from ols.web.components import downloads, pages, settlement_words
from ols.web.page import PageRequest


@page.page(Permission.PAYMENT_VIEW, methods=("GET",))
def settlement_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the report: claims without patients, document, way and history."""
    today = days.local_date(timezone.now())
    detail = selectors.statement(request.actor, uuid=uuid, today=today)
    listed = pages.paginate(total=detail.row.claim_count, wanted=request.GET.get("page"), size=50)
    context = {
        "detail": detail,
        "row": detail.row,
        "tag": settlement_words.STATEMENT_TAGS[detail.row.status],
        "steps": settlement_words.way(detail.row),
        "lines": selectors.statement_lines(request.actor, uuid=uuid, offset=listed.offset, limit=listed.size),
        "pages": listed,
        "events": settlement_words.events(
            detail.history, actor=request.actor, counterpart=detail.row.provider_name
        ),
    }
    return page.render(request, "insurer/settlement/detail.html", context)


@page.page(Permission.PAYMENT_VIEW, methods=("GET",))
def settlement_invoice(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Download the clinic's accounting document as PDF or as the KSeF file."""
    opened = services.open_accounting_document(
        actor=request.actor, statement_uuid=uuid, kind=kind, at=timezone.now()
    )
    return downloads.attachment(opened)
