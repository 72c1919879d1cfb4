"""The accounting document of a confirmed report: a VAT-exempt invoice as FA(3) XML and as PDF."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from lxml import etree

from ols.accounts import selectors as accounts
from ols.db.transactions import within_transaction
from ols.documents import refusals, typeset
from ols.documents import services as documents
from ols.documents.refusals import gettext_noop as _
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.settlement import models
from ols.settlement.formats import fa3, invoice_print, wire_amounts
from ols.settlement.selectors import sources
from ols.settlement.services import numbers


class DocumentRefused(refusals.FileRefused):
    """The accounting document that was made may not be issued."""

    messages: ClassVar[Mapping[str, str]] = {
        "SCHEMA": _("The invoice does not fit the KSeF schema: %(errors)s"),
        "TOTAL": _(
            "The invoice is for %(invoice)s zł, the report for %(report)s zł; difference: %(difference)s zł."
        ),
    }


@within_transaction
def issue_document(
    *, actor: Actor, statement: models.SettlementStatement, at: datetime
) -> models.AccountingDocument:
    """Number, write, check and store the report's invoice; the clinic owns it, the insurer may read it.

    :raises ols.documents.refusals.FileRefused: the data cannot become a valid invoice
    """
    today = days.local_date(at)
    document = models.AccountingDocument.objects.create(
        statement=statement,
        provider_id=statement.provider_id,
        number=numbers.next_number(
            organization_id=statement.provider_id, prefix=numbers.DOCUMENT_PREFIX, day=today
        ),
        issued_on=today,
        total_gr=statement.total_gr,
        created_at=at,
    )
    write_files(actor=actor, document=document, at=at)
    return document


@within_transaction
def write_files(*, actor: Actor, document: models.AccountingDocument, at: datetime) -> None:
    """Write the files the document does not have yet, from what was fixed when it was issued."""
    invoice = invoice_of(document)
    if document.xml_id is None:
        document.xml_id = _store(actor, document, "xml", checked_xml(invoice, document.total_gr), at)
    if document.pdf_id is None:
        document.pdf_id = _store(
            actor, document, "pdf", typeset.render_pdf("invoice", invoice_print.pdf_data(invoice)), at
        )
    document.save(update_fields=["xml", "pdf"])


def invoice_of(document: models.AccountingDocument) -> fa3.Invoice:
    """Return the invoice as the formats know it.

    :raises ols.settlement.formats.fa3.InvoiceRefused: a firm's data are not fit for an invoice
    """
    statement = document.statement
    assert statement.due_on is not None
    iban, _bank = sources.contract_account(contract_id=statement.contract_id)
    return fa3.Invoice(
        seller=_party(statement.provider_id),
        buyer=_party(statement.insurer_id),
        number=document.number,
        statement_number=statement.number,
        issue_date=document.issued_on,
        period_from=statement.period_from,
        period_to=statement.period_to,
        due_date=statement.due_on,
        total_gr=document.total_gr,
        exemption=fa3.Exemption.MEDICAL_ENTITY,
        account=iban,
        created_at=document.created_at,
    )


def checked_xml(invoice: fa3.Invoice, total_gr: int) -> bytes:
    """Return the FA(3) file, valid by the schema and equal to the report's total to the grosz.

    :raises DocumentRefused: it is not
    """
    xml = fa3.render(invoice)
    errors = fa3.validate(xml)
    if errors:
        raise DocumentRefused("SCHEMA", errors="; ".join(errors))
    written_gr = _written_total(xml)
    if written_gr != total_gr:
        raise DocumentRefused(
            "TOTAL",
            invoice=wire_amounts.to_wire(written_gr),
            report=wire_amounts.to_wire(total_gr),
            difference=wire_amounts.to_wire(written_gr - total_gr),
        )
    return xml


def _written_total(xml: bytes) -> int:
    """Read back what the file really says is to be paid."""
    return wire_amounts.from_wire(etree.fromstring(xml).findtext(".//{*}P_15") or "")


def _party(organization_id: int) -> fa3.Party:
    row = accounts.organization(organization_id=organization_id)
    return fa3.Party(
        nip=row.nip,
        name=row.name,
        address_line_1=row.street,
        address_line_2=f"{row.postal_code} {row.city}".strip(),
    )


def _store(actor: Actor, document: models.AccountingDocument, kind: str, content: bytes, at: datetime) -> int:
    stored = documents.store(
        actor=actor,
        organization_id=document.provider_id,
        kind=kind,
        name=f"{document.number.replace('/', '-')}.{kind}",
        content=content,
        at=at,
    )
    documents.grant(document_id=stored.pk, organization_id=document.statement.insurer_id)
    return stored.pk
