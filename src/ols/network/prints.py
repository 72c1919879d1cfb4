"""Terms and the evidence of their acceptance as PDF."""

from functools import lru_cache

from ols.documents import typeset
from ols.network.selectors.acceptance import TermsRow
from ols.network.selectors.evidence import Evidence

OPERATOR = "System OLS"


@lru_cache(maxsize=16)
def terms_pdf(terms: TermsRow, owner: str) -> bytes:
    """Print a version; a published one never changes, so one printing does for many readers."""
    printed = typeset.TermsPrint(
        title=terms.title,
        owner=owner or OPERATOR,
        version=terms.version,
        valid_from=terms.valid_from,
        text=terms.body,
        published_at=terms.published_at,
    )
    return typeset.render_pdf("terms", printed.data())


def confirmation_pdf(found: Evidence) -> bytes:
    """Print „Potwierdzenie akceptacji”, with the exact text."""
    printed = typeset.AcceptancePrint(
        number=str(found.uuid),
        title=found.terms.title,
        owner=found.insurer_name or OPERATOR,
        version=found.terms.version,
        valid_from=found.terms.valid_from,
        text=found.terms.body,
        sha256=found.sha256,
        organization=found.organization_name,
        nip=found.organization_nip,
        by=found.by,
        at=found.at,
        ip=found.ip,
    )
    return typeset.render_pdf("acceptance", printed.data())
