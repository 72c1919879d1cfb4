import dataclasses
import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ksef_client.documents.fa3 import validate_fa3_xml_xsd

from ols.settlement.formats import fa3

CLINIC = fa3.Party(
    nip="1234563218",
    name="Przychodnia Przykładowa sp. z o.o. (demo)",
    address_line_1="ul. Przykładowa 1",
    address_line_2="80-001 Gdańsk",
)
INSURER = fa3.Party(
    nip="1111111111", name="Ubezpieczyciel Przykładowy S.A. (demo)", address_line_1="ul. Wzorcowa 2"
)
INVOICE = fa3.Invoice(
    seller=CLINIC,
    buyer=INSURER,
    number="OLS/2026/11/0001",
    statement_number="R/2026/11/0001",
    issue_date=date(2026, 11, 20),
    period_from=date(2026, 11, 1),
    period_to=date(2026, 11, 15),
    due_date=date(2026, 11, 25),
    total_gr=47000,
    exemption=fa3.Exemption.MEDICAL_ENTITY,
    account="PL61109010140000071219812874",
    created_at=datetime(2026, 11, 20, 10, 30, 5, 123, tzinfo=timezone(timedelta(hours=1))),
)
CORRECTED = fa3.Corrected(
    number="OLS/2026/10/0007",
    issue_date=date(2026, 10, 20),
    ksef_number="5265877635-20250826-0100001AF629-AF",
    reason=fa3.CorrectionReason.REVERSED,
)


def values(xml: bytes, name: str) -> list[str]:
    return re.findall(rf"<{name}>([^<]*)</{name}>", xml.decode())


def test_invoice_is_valid_for_us_and_for_an_independent_validator():
    xml = fa3.render(INVOICE)
    assert fa3.validate(xml) == []
    validate_fa3_xml_xsd(xml)


def test_invoice_says_what_was_asked():
    xml = fa3.render(INVOICE)
    assert values(xml, "NIP") == ["1234563218", "1111111111"]
    assert values(xml, "DataWytworzeniaFa") == ["2026-11-20T09:30:05Z"]
    assert values(xml, "P_1") == ["2026-11-20"]
    assert values(xml, "P_2") == ["OLS/2026/11/0001"]
    assert values(xml, "P_6_Od") + values(xml, "P_6_Do") == ["2026-11-01", "2026-11-15"]
    assert values(xml, "P_13_7") + values(xml, "P_15") + values(xml, "P_11") == ["470.00"] * 3
    assert values(xml, "P_7") == ["Usługi medyczne wg raportu R/2026/11/0001"]
    assert values(xml, "P_12") == ["zw"]
    assert values(xml, "P_19A") == ["art. 43 ust. 1 pkt 18 ustawy o VAT"]
    assert values(xml, "RodzajFaktury") == ["VAT"]
    assert values(xml, "Termin") == ["2026-11-25"]
    assert values(xml, "NrRB") == ["61109010140000071219812874"]
    assert not xml.startswith(b"\xef\xbb\xbf")
    assert xml.count(b"<?") == 1


@pytest.mark.parametrize("exemption", list(fa3.Exemption))
def test_every_exemption_is_valid(exemption):
    xml = fa3.render(dataclasses.replace(INVOICE, exemption=exemption))
    assert fa3.validate(xml) == []
    assert values(xml, "P_19A") == [exemption.value]


@pytest.mark.parametrize("ksef_number", [None, "5265877635-20250826-0100001AF629-AF"])
@pytest.mark.parametrize("difference_gr", [-7000, 1])
def test_correction_carries_the_difference(ksef_number, difference_gr):
    corrected = dataclasses.replace(CORRECTED, ksef_number=ksef_number)
    xml = fa3.render(dataclasses.replace(INVOICE, total_gr=difference_gr, correction_of=corrected))
    assert fa3.validate(xml) == []
    assert values(xml, "RodzajFaktury") == ["KOR"]
    assert values(xml, "P_15") == [{-7000: "-70.00", 1: "0.01"}[difference_gr]]
    assert values(xml, "NrFaKorygowanej") == ["OLS/2026/10/0007"]
    assert values(xml, "NrKSeFN") == ([] if ksef_number else ["1"])
    assert values(xml, "NrKSeFFaKorygowanej") == ([ksef_number] if ksef_number else [])
    # Money that goes back has no payment date and no account of the seller.
    assert values(xml, "Termin") == ([] if difference_gr < 0 else ["2026-11-25"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total_gr": 0}, "AMOUNT"),
        ({"total_gr": -1}, "AMOUNT"),
        ({"total_gr": 0, "correction_of": CORRECTED}, "NO_DIFFERENCE"),
        ({"number": ""}, "NUMBER"),
        ({"number": "FV 1"}, "NUMBER"),
        ({"number": "FV/85071512324"}, "NUMBER"),
        ({"statement_number": "R/2026/11/85071512324"}, "STATEMENT_NUMBER"),
        ({"statement_number": "R/2026/13/1"}, "STATEMENT_NUMBER"),
        ({"statement_number": "R/2026/11/1 Anna Demo"}, "STATEMENT_NUMBER"),
        ({"account": "PL6110901014"}, "ACCOUNT"),
        ({"period_from": date(2026, 11, 16)}, "PERIOD"),
        ({"created_at": datetime(2026, 11, 20, 9, 30)}, "CREATED"),  # noqa: DTZ001 - the fault under test
        ({"created_at": datetime(2025, 8, 31, tzinfo=UTC)}, "CREATED"),
        ({"correction_of": dataclasses.replace(CORRECTED, number="x y")}, "NUMBER"),
    ],
)
def test_refusals(change, code):
    with pytest.raises(fa3.InvoiceRefused) as caught:
        dataclasses.replace(INVOICE, **change)
    assert caught.value.code == code
    assert "%(" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nip": "1234563219"}, "NIP"),
        ({"nip": "0000000000"}, "NIP"),
        ({"nip": "123-456-32-18"}, "NIP"),
        ({"name": " \x00 "}, "NAME"),
        ({"address_line_1": ""}, "ADDRESS"),
    ],
)
def test_party_refusals(change, code):
    with pytest.raises(fa3.InvoiceRefused) as caught:
        dataclasses.replace(CLINIC, **change)
    assert caught.value.code == code


def test_validate_catches_planted_faults():
    """Negative control: each fault below is one that KSeF refuses; the untouched file passes."""
    xml = fa3.render(INVOICE)
    assert fa3.validate(xml) == []
    faults = {
        "upper-case rate": xml.replace(b">zw<", b">ZW<"),
        "comma": xml.replace(b"470.00", b"470,00"),
        "no annotations": re.sub(rb"<Adnotacje>.*</Adnotacje>", b"", xml, flags=re.DOTALL),
        "no buyer marks": xml.replace(b"<JST>2</JST>", b""),
        "byte order mark": b"\xef\xbb\xbf" + xml,
        "instruction": xml.replace(b"<Naglowek>", b"<?x y?><Naglowek>"),
        "doctype": xml.replace(b"<Faktura", b"<!DOCTYPE Faktura><Faktura", 1),
        "not closed": xml[:-12],
        "too big": xml + b" " * fa3.MAX_BYTES,
        "empty": b"",
    }
    assert [name for name, fault in faults.items() if fa3.validate(fault) == []] == []


@settings(deadline=None, max_examples=60)
@given(
    name=st.text(min_size=1, max_size=600).filter(lambda text: len(text.strip()) > 2),
    total_gr=st.integers(1, 10**14),
)
def test_any_name_and_amount_gives_a_valid_file(name, total_gr):
    try:
        party = dataclasses.replace(CLINIC, name=name)
    except fa3.InvoiceRefused as error:
        if error.code != "NAME":
            raise
        return
    xml = fa3.render(dataclasses.replace(INVOICE, seller=party, total_gr=total_gr))
    assert fa3.validate(xml) == []
