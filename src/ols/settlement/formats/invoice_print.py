"""The same invoice on paper: the PDF says what the KSeF file says, from one source."""

from ols.documents import typeset
from ols.settlement.formats import fa3


def pdf_data(invoice: fa3.Invoice) -> dict[str, object]:
    """What the template "invoice" of `typeset.render_pdf` needs."""
    corrected = invoice.correction_of
    return typeset.InvoicePrint(
        number=invoice.number,
        seller=_firm(invoice.seller),
        buyer=_firm(invoice.buyer),
        issue_date=invoice.issue_date,
        period_from=invoice.period_from,
        period_to=invoice.period_to,
        due_date=invoice.due_date,
        line_text=invoice.line_text,
        total_gr=invoice.total_gr,
        exemption=invoice.exemption.value,
        account=invoice.account,
        created_at=invoice.created_at,
        corrected_number=corrected.number if corrected else "",
        corrected_date=corrected.issue_date if corrected else None,
        correction_reason=corrected.reason.value if corrected else "",
    ).data()


def _firm(party: fa3.Party) -> typeset.FirmPrint:
    return typeset.FirmPrint(
        name=party.name, nip=party.nip, address=(party.address_line_1, party.address_line_2)
    )
