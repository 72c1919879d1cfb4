import dataclasses
from datetime import UTC, date, datetime

from ols.documents import typeset
from ols.settlement.formats import fa3, invoice_print

PARTY = fa3.Party(
    nip="1234563218", name="Przychodnia (demo)", address_line_1="ul. A 1", address_line_2="80-001 Gdańsk"
)
INVOICE = fa3.Invoice(
    seller=PARTY,
    buyer=dataclasses.replace(PARTY, nip="1111111111", name="Towarzystwo (demo)"),
    number="OLS/2026/11/0001",
    statement_number="R/2026/11/0001",
    issue_date=date(2026, 11, 20),
    period_from=date(2026, 11, 1),
    period_to=date(2026, 11, 15),
    due_date=date(2026, 11, 25),
    total_gr=47000,
    exemption=fa3.Exemption.DOCTOR,
    account="PL61109010140000071219812874",
    created_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
)


def test_paper_and_file_say_the_same():
    data = invoice_print.pdf_data(INVOICE)
    assert data["number"] == INVOICE.number
    assert data["line"] == INVOICE.line_text
    assert data["total"] == "470,00\u00a0zł"
    assert data["exemption"] == "art. 43 ust. 1 pkt 19 lit. a ustawy o VAT"
    assert data["seller"]["address"] == ["ul. A 1", "80-001 Gdańsk"]
    assert typeset.render_pdf("invoice", data)[:5] == b"%PDF-"


def test_a_correction_is_printed_as_one():
    corrected = fa3.Corrected(
        number="OLS/2026/10/0007",
        issue_date=date(2026, 10, 20),
        ksef_number=None,
        reason=fa3.CorrectionReason.REPRICED,
    )
    data = invoice_print.pdf_data(dataclasses.replace(INVOICE, total_gr=-100, correction_of=corrected))
    assert (data["corrected_number"], data["corrected_date"], data["due"]) == (
        "OLS/2026/10/0007",
        "20.10.2026",
        "",
    )
    assert data["correction_reason"] == fa3.CorrectionReason.REPRICED.value
