"""A version of terms as PDF, the same bytes for everybody who downloads it."""

from functools import lru_cache

from django.http import HttpResponse

from ols.documents import typeset
from ols.documents.selectors import OpenedDocument
from ols.network.selectors import TermsRow
from ols.web.components import downloads


def download(terms: TermsRow, *, owner: str) -> HttpResponse:
    """Return the exact text as a PDF to keep."""
    return downloads.attachment(OpenedDocument("pdf", f"regulamin-{terms.version}.pdf", _pdf(terms, owner)))


@lru_cache(maxsize=16)
def _pdf(terms: TermsRow, owner: str) -> bytes:
    """Print the version; a published one never changes, so one printing does for many readers."""
    printed = typeset.TermsPrint(
        title=terms.title,
        owner=owner,
        version=terms.version,
        valid_from=terms.valid_from,
        text=terms.body,
        published_at=terms.published_at,
    )
    return typeset.render_pdf("terms", printed.data())
