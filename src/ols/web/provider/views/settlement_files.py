"""Files of „Rozliczenia finansowe”: spreadsheets, the printed report, the accounting document."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.documents import typeset
from ols.documents.selectors import OpenedDocument
from ols.kernel import days
from ols.settlement import selectors, services
from ols.web import page
from ols.web.components import downloads, exports, settlement_words
from ols.web.components.exports import Column
from ols.web.page import PageRequest
from ols.web.provider.forms import settlement as forms

SPREADSHEETS: Final = ("csv", "xlsx")
# Five years of a big clinic; a spreadsheet holds a million lines.
MAX_REPORTS: Final = 10_000


@page.page(Permission.SETTLEMENT_VIEW, methods=("GET",))
def settlement_export(request: PageRequest, kind: str) -> HttpResponse:
    """Download the list of reports as filtered on the page."""
    _require_kind(kind, SPREADSHEETS)
    rows = selectors.statements(
        request.actor,
        filters=forms.ReportFilters(request.GET or None).filters(),
        today=days.local_date(timezone.now()),
        limit=MAX_REPORTS,
    )
    columns = [
        Column(_("Number")),
        Column(_("Status")),
        Column(_("Insurer")),
        Column(_("Period from"), exports.DAY),
        Column(_("Period to"), exports.DAY),
        Column(_("Claims"), exports.NUMBER),
        Column(_("Amount (zł)"), exports.AMOUNT),
        Column(_("Due"), exports.DAY),
        Column(_("Ordered"), exports.DAY),
        Column(_("Paid"), exports.DAY),
        Column(_("Days late"), exports.NUMBER),
    ]
    return exports.response(exports.Sheet("reports", columns, [_report_cells(row) for row in rows]), kind)


@page.page(Permission.SETTLEMENT_VIEW, methods=("GET",))
def settlement_claims(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Download the claims of one report."""
    _require_kind(kind, SPREADSHEETS)
    detail = selectors.statement(request.actor, uuid=uuid, today=days.local_date(timezone.now()))
    lines = selectors.statement_lines(request.actor, uuid=uuid)
    columns = [
        Column(_("Claim")),
        Column(_("Day of service"), exports.DAY),
        Column(_("Services")),
        Column(_("Charge (zł)"), exports.AMOUNT),
        Column(_("Patient pays (zł)"), exports.AMOUNT),
        Column(_("Insurer pays (zł)"), exports.AMOUNT),
        Column(_("Correction")),
    ]
    rows = [
        (
            line.number,
            line.service_date,
            line.service_codes,
            line.submitted_gr,
            line.patient_gr,
            line.amount_gr,
            _("yes") if line.is_correction else "",
        )
        for line in lines
    ]
    return exports.response(exports.Sheet(detail.row.number.replace("/", "-"), columns, rows), kind)


@page.page(Permission.SETTLEMENT_VIEW, methods=("GET",))
def settlement_print(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the report as PDF."""
    now = timezone.now()
    row = selectors.statement(request.actor, uuid=uuid, today=days.local_date(now)).row
    lines = selectors.statement_lines(request.actor, uuid=uuid)
    printed = typeset.StatementPrint(
        number=row.number,
        provider=_firm(row.provider_id),
        insurer=_firm(row.insurer_id),
        period_from=row.period_from,
        period_to=row.period_to,
        status=str(settlement_words.STATEMENT_TAGS[row.status].label),
        lines=tuple(
            typeset.StatementLinePrint(
                claim_number=line.number,
                service_date=line.service_date,
                service_codes=line.service_codes,
                amount_gr=line.amount_gr,
                is_correction=line.is_correction,
            )
            for line in lines
        ),
        created_at=row.created_at,
    )
    content = typeset.render_pdf("statement", printed.data())
    return downloads.attachment(
        OpenedDocument(kind="pdf", name=f"{row.number.replace('/', '-')}.pdf", content=content)
    )


@page.page(Permission.SETTLEMENT_VIEW, methods=("GET",))
def settlement_invoice(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Download the accounting document as PDF or as the KSeF file."""
    opened = services.open_accounting_document(
        actor=request.actor, statement_uuid=uuid, kind=kind, at=timezone.now()
    )
    return downloads.attachment(opened)


def _require_kind(kind: str, kinds: tuple[str, ...]) -> None:
    if kind not in kinds:
        raise Http404


def _report_cells(row: selectors.StatementRow) -> tuple[exports.Cell, ...]:
    return (
        row.number,
        str(settlement_words.STATEMENT_TAGS[row.status].label),
        row.insurer_name,
        row.period_from,
        row.period_to,
        row.claim_count,
        row.total_gr,
        row.due_on,
        row.ordered_on,
        row.paid_on,
        row.days_late,
    )


def _firm(organization_id: int) -> typeset.FirmPrint:
    row = accounts.organization(organization_id=organization_id)
    return typeset.FirmPrint(
        name=row.name, nip=row.nip, address=(row.street, f"{row.postal_code} {row.city}".strip())
    )
