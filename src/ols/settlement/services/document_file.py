"""Opening the accounting document of a report."""

from datetime import datetime
from uuid import UUID

from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.documents import selectors as documents
from ols.kernel.actor import Actor
from ols.settlement import models
from ols.settlement.selectors import reports
from ols.settlement.services import accounting


@use_case
def open_accounting_document(
    *, actor: Actor, statement_uuid: UUID | str, kind: str, at: datetime
) -> documents.OpenedDocument:
    """Return the report's invoice as `pdf` or `xml`, writing a file that is not there yet.

    :raises ols.db.errors.NotFound: no such document that the actor may see
    """
    document = (
        models.AccountingDocument.objects.select_for_update(of=("self",))
        .select_related("statement", "pdf", "xml")
        .filter(statement__in=reports.own_statements(actor), statement__uuid=statement_uuid)
        .first()
    )
    if document is None or kind not in {"pdf", "xml"}:
        raise NotFound
    if getattr(document, kind) is None:
        accounting.write_files(actor=actor, document=document, at=at)
        document.refresh_from_db()
    return documents.open_document(actor=actor, uuid=str(getattr(document, kind).uuid))
