"""Files of claims: the printed decision, and the list for a spreadsheet."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.claims import selectors
from ols.claims.types import ClaimDetail, DecidedLine
from ols.documents import typeset
from ols.documents.selectors import OpenedDocument
from ols.web import page
from ols.web.components import claim_lists, claim_words, downloads, explanations, exports
from ols.web.page import PageRequest


@page.page(Permission.CLAIM_SUBMIT, methods=("GET",))
def claim_print(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the decision as PDF, in Polish as the law about it is."""
    claim = selectors.claim_detail(actor=request.actor, claim_uuid=uuid)
    with translation.override("pl"):
        content = typeset.render_pdf("decision", _printed(claim).data())
    name = f"{claim.number.replace('/', '-')}.pdf"
    return downloads.attachment(OpenedDocument(kind="pdf", name=name, content=content))


@page.page(Permission.CLAIM_SUBMIT, methods=("GET",))
def claim_export(request: PageRequest, kind: str) -> HttpResponse:
    """Download the list of claims as filtered on the page."""
    if kind not in claim_lists.SPREADSHEETS:
        raise Http404
    filters = claim_lists.ClaimFilters(request.GET or None).filters()
    rows = selectors.claims(actor=request.actor, filters=filters, limit=claim_lists.MAX_ROWS)
    return exports.response(claim_lists.sheet(rows, counterpart=_("Insurer")), kind)


def _printed(claim: ClaimDetail) -> typeset.DecisionPrint:
    """Return the decision as the printed form wants it."""
    appeal = _(
        "The insured person may complain to the insurer, free of charge, in any form."
        " The insurer answers within 30 days. The case may also be brought before a court."
    )
    return typeset.DecisionPrint(
        number=claim.number,
        decided_at=claim.decided_at,
        insured_name=f"{claim.patient} ({claim.birth_year})",
        insurer_name=claim.insurer_name,
        provider_name=claim.provider_name,
        service_date=claim.service_date,
        outcome=str(claim_words.outcome(claim.outcome).label),
        lines=tuple(_printed_line(line) for line in claim.lines),
        appeal=(appeal,),
    )


def _printed_line(line: DecidedLine) -> typeset.DecisionLinePrint:
    return typeset.DecisionLinePrint(
        service_code=line.service_code,
        service_name=line.service_name,
        quantity=line.quantity,
        charge_gr=line.insurer_gr + line.patient_gr,
        insurer_gr=line.insurer_gr,
        patient_gr=line.patient_gr,
        outcome=str(claim_words.line_outcome(line).label),
        reasons=tuple(explanations.reason_sentences(line.decision)),
    )
