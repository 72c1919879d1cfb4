"""Printed documents are read back with another library: what was given is on the page, as text."""

import dataclasses
import io
import re
from datetime import UTC, date, datetime

import pikepdf
import pypdf
import pytest
import typst

from ols.documents import content, typeset
from ols.documents.typeset import lettering

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CLINIC = typeset.FirmPrint(
    name="Przychodnia Źródło sp. z o.o. (demo)", nip="1234563218", address=("ul. Gęsia 1", "80-001 Gdańsk")
)
INSURER = typeset.FirmPrint(
    name="Towarzystwo Przykład S.A. (demo)", nip="1111111111", address=("ul. Wzorcowa 2", "")
)
INVOICE = typeset.InvoicePrint(
    number="OLS/2026/11/0001",
    seller=CLINIC,
    buyer=INSURER,
    issue_date=date(2026, 11, 20),
    period_from=date(2026, 11, 1),
    period_to=date(2026, 11, 15),
    due_date=date(2026, 11, 25),
    line_text="Usługi medyczne wg raportu R/2026/11/0001",
    total_gr=123450,
    exemption="art. 43 ust. 1 pkt 18 ustawy o VAT",
    account="PL61109010140000071219812874",
    created_at=AT,
)
LINE = typeset.StatementLinePrint(
    claim_number="W/2026/11/000001",
    service_date=date(2026, 11, 2),
    service_codes="89.00, 90.59",
    amount_gr=10000,
)
STATEMENT = typeset.StatementPrint(
    number="R/2026/11/0001",
    provider=CLINIC,
    insurer=INSURER,
    period_from=date(2026, 11, 1),
    period_to=date(2026, 11, 15),
    status="potwierdzony",
    lines=(
        LINE,
        dataclasses.replace(LINE, claim_number="W/2026/10/000009", amount_gr=-2550, is_correction=True),
    ),
    created_at=AT,
)
DECISION = typeset.DecisionPrint(
    number="W/2026/11/000123",
    decided_at=AT,
    insured_name="Anna P. (demo)",
    insurer_name=INSURER.name,
    provider_name=CLINIC.name,
    service_date=date(2026, 11, 19),
    outcome="Przyznano w części",
    lines=(
        typeset.DecisionLinePrint(
            service_code="93.12",
            service_name="Ćwiczenia czynne",
            quantity=10,
            charge_gr=70000,
            insurer_gr=49000,
            patient_gr=21000,
            outcome="Przyznano w części",
            reasons=("W roku polisowym zostało 7 zabiegów.",),
        ),
    ),
    appeal=("Odwołanie można złożyć w ciągu 30 dni.",),
)
TERMS = typeset.TermsPrint(
    title="Regulamin ogólny",
    owner=INSURER.name,
    version="2",
    valid_from=date(2026, 12, 1),
    text="# Zasady\n\n1. Punkt **ważny**.\n",
    published_at=AT,
)
EXTRACT = typeset.ExtractPrint(
    title="Księga rejestrowa", parts=(("Dział I", (("NIP", "5260001246"),)),), made_at=AT
)
ALL = {"extract": EXTRACT, "invoice": INVOICE, "statement": STATEMENT, "decision": DECISION, "terms": TERMS}
HOSTILE = (
    '#import "common.typ": data',
    '#read("/etc/passwd") #{panic()} $x^2$ @ref <label> *b* _i_ `c` = h / t: d - l + n ~ -- ... \'q\' "q"',
    "\\ \\u{41} // comment /* c */ [x] (y) {z} https://example.org",
)


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("name", sorted(ALL))
def test_documents_are_tagged_archivable_and_the_same_each_time(name):
    data = ALL[name].data()
    pdf = typeset.render_pdf(name, data)
    assert typeset.render_pdf(name, data) == pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "pl"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["pdfaid:part"] == "2"
            assert metadata["xmp:CreateDate"].startswith("2026-11-20T09:30:00")
        (width, height) = (round(float(side)) for side in document.pages[0].obj.MediaBox[2:])
        assert (width, height) == (595, 842)


def test_our_own_documents_pass_the_check_of_uploads():
    pdf = typeset.render_pdf("invoice", INVOICE.data())
    assert content.check_upload(io.BytesIO(pdf)).kind == "pdf"


def test_invoice_says_everything():
    text = text_of(typeset.render_pdf("invoice", INVOICE.data()))
    for expected in (
        "Faktura OLS/2026/11/0001",
        "20.11.2026",
        "01.11.2026 – 15.11.2026",
        "Przychodnia Źródło sp. z o.o. (demo)",
        "NIP 123-456-32-18",
        "NIP 111-111-11-11",
        "Usługi medyczne wg raportu R/2026/11/0001",
        "1 234,50 zł zw",
        "jeden tysiąc dwieście trzydzieści cztery złote pięćdziesiąt groszy",
        "art. 43 ust. 1 pkt 18 ustawy o VAT",
        "przelew, termin 25.11.2026",
        "PL61 1090 1014 0000 0712 1981 2874",
        "Strona 1 z 1",
    ):
        assert expected in text
    assert "korygująca" not in text


def test_correction_names_what_it_corrects():
    correction = dataclasses.replace(
        INVOICE,
        total_gr=-7000,
        corrected_number="OLS/2026/10/0007",
        corrected_date=date(2026, 10, 20),
        correction_reason="Błędna kwota na fakturze",
    )
    text = text_of(typeset.render_pdf("invoice", correction.data()))
    assert "Faktura korygująca OLS/2026/11/0001" in text
    assert "OLS/2026/10/0007 z dnia 20.10.2026" in text
    assert "-70,00 zł" in text
    assert "przelew" not in text


def test_statement_totals_and_pages():
    text = text_of(typeset.render_pdf("statement", STATEMENT.data()))
    assert "W/2026/11/000001 02.11.2026 89.00, 90.59 100,00 zł" in text
    assert "-25,50 zł" in text
    assert "korekta" in text
    assert "Liczba wniosków: 2" in text
    assert "74,50 zł" in text
    long = dataclasses.replace(STATEMENT, lines=(LINE,) * 110)
    text = text_of(typeset.render_pdf("statement", long.data()))
    assert "Strona 4 z 4" in text
    assert text.count("Kody usług") == 4
    assert "11 000,00 zł" in text


def test_decision_and_terms_say_everything():
    text = text_of(typeset.render_pdf("decision", DECISION.data()))
    for expected in (
        "Anna P. (demo)",
        "Ćwiczenia czynne",
        "490,00 zł",
        "210,00 zł",
        "zostało 7 zabiegów",
        "30 dni",
    ):
        assert expected in text
    text = text_of(typeset.render_pdf("terms", TERMS.data()))
    for expected in ("Regulamin ogólny", "wersja 2", "01.12.2026", "Zasady", "1. Punkt ważny."):
        assert expected in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_of_people_are_never_markup(hostile):
    """Whatever is typed comes out letter by letter, in every place that takes text."""
    line = dataclasses.replace(DECISION.lines[0], service_name=hostile, reasons=(hostile,), outcome="")
    decision = dataclasses.replace(
        DECISION, insured_name=hostile, insurer_name="", outcome="", lines=(line,), appeal=(hostile,)
    )
    texts = [text_of(typeset.render_pdf("decision", decision.data()))]
    seller = dataclasses.replace(CLINIC, name=hostile, address=(hostile,))
    texts.append(text_of(typeset.render_pdf("invoice", dataclasses.replace(INVOICE, seller=seller).data())))
    wanted = re.sub(r"\s", "", hostile)
    assert [wanted in re.sub(r"\s", "", text) for text in texts] == [True, True]
    assert "root:" not in "".join(texts)


def test_a_formula_is_carried_out_as_source_but_not_as_data(tmp_path):
    """Negative control: the very same text, placed into a template as source, does act."""
    formula = '#("carried" + " out")'
    template = tmp_path / "t.typ"
    template.write_text(f'#set document(title: "t")\n{formula}', encoding="utf-8")
    assert "carried out" in text_of(typst.compile(str(template)))
    text = text_of(typeset.render_pdf("decision", dataclasses.replace(DECISION, appeal=(formula,)).data()))
    assert formula in text
    assert "carried out" not in text


@pytest.mark.parametrize(
    "odd", ["🙂", "中文", "עברית", "\x07", "\ud800", "\ue000", "a\u0301", "\u202e", "Việt Ж Ω"]
)
def test_no_letter_stops_a_document(odd):
    firm = dataclasses.replace(CLINIC, name=f"A{odd}B")
    assert typeset.render_pdf("invoice", dataclasses.replace(INVOICE, seller=firm).data())[:5] == b"%PDF-"


def test_every_letter_said_to_be_covered_is():
    covered = "".join(chr(code) for code in range(0x20, 0xFFFF) if not lettering._UNKNOWN.match(chr(code)))
    firm = dataclasses.replace(CLINIC, name=covered, address=(covered,))
    assert len(covered) > 600
    assert typeset.render_pdf("invoice", dataclasses.replace(INVOICE, seller=firm).data())[:5] == b"%PDF-"


def test_printable():
    assert lettering.printable("Za\u017c\u00f3\u0142\u0107\u00a0zł\r\n\tx") == "Zażółć\u00a0zł x"
    assert lettering.printable("a\u202eb\u200bc🙂") == "abc□"
    assert lettering.printable("o\u0301") == "ó"


def test_unknown_templates_are_refused():
    for name in ("common", "../invoice", "nothing"):
        with pytest.raises(typeset.UnknownTemplate):
            typeset.render_pdf(name, {})
