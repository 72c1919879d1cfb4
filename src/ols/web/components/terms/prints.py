"""A version of terms as PDF, the same bytes for everybody who downloads it; the evidence of acceptance."""

from django.http import HttpResponse

from ols.documents.selectors import OpenedDocument
from ols.network import prints
from ols.network.selectors import TermsRow
from ols.network.selectors.evidence import Evidence
from ols.web.components import downloads


def download(terms: TermsRow, *, owner: str) -> HttpResponse:
    """Return the exact text as a PDF to keep."""
    name = f"regulamin-{terms.version}.pdf"
    return downloads.attachment(OpenedDocument("pdf", name, prints.terms_pdf(terms, owner)))


def confirmation(found: Evidence) -> HttpResponse:
    """Return „Potwierdzenie akceptacji” as a PDF to keep."""
    name = f"potwierdzenie-akceptacji-{found.terms.version}.pdf"
    return downloads.attachment(OpenedDocument("pdf", name, prints.confirmation_pdf(found)))


def exact_text(terms: TermsRow) -> HttpResponse:
    """Return the very bytes that were accepted: their SHA-256 is the one in the evidence."""
    return HttpResponse(
        terms.body.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="regulamin-{terms.version}.txt"'},
    )
