import dataclasses
import re
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ols.settlement.formats import pain001

DEBTOR = pain001.Account(
    name="Towarzystwo Przykładowe S.A. (demo)", iban="PL61109010140000071219812874", bic="WBKPPLPPXXX"
)
CLINIC = pain001.Account(name="Przychodnia Łódzka (demo)", iban="PL27114020040000300201355387")
FIRST = pain001.Transfer(
    end_to_end_id="OLS-P-2026-11-0001",
    creditor=CLINIC,
    amount_gr=47000,
    remittance="OLS/2026/11/0001 raport R/2026/11/0001",
)
SECOND = dataclasses.replace(FIRST, end_to_end_id="OLS-P-2026-11-0002", amount_gr=1999)
FILE = pain001.PaymentFile(
    message_id="OLS20261123001",
    created_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    debtor=DEBTOR,
    execution_day=date(2026, 11, 25),
    transfers=(FIRST, SECOND),
)


def values(xml: bytes, name: str) -> list[str]:
    return re.findall(rf"<{name}[^>]*>([^<]*)</{name}>", xml.decode())


def test_file_is_valid_for_the_packaged_and_the_published_schema():
    xml = pain001.render(FILE)
    assert pain001.validate(xml) == []
    published = resources.files("sepaxml") / "schemas" / "pain.001.001.09.xsd"
    schema = etree.XMLSchema(etree.fromstring(published.read_bytes()))
    schema.assertValid(etree.fromstring(xml))


def test_file_says_what_was_asked():
    xml = pain001.render(FILE)
    assert values(xml, "MsgId") == ["OLS20261123001"]
    assert values(xml, "NbOfTxs") == ["2", "2"]
    assert values(xml, "CtrlSum") == ["489.99", "489.99"]
    assert values(xml, "InstdAmt") == ["470.00", "19.99"]
    assert set(re.findall(r'Ccy="(\w+)"', xml.decode())) == {"PLN"}
    assert values(xml, "EndToEndId") == ["OLS-P-2026-11-0001", "OLS-P-2026-11-0002"]
    assert values(xml, "ChrgBr") == ["SHAR"]
    assert values(xml, "Dt") == ["2026-11-25"]
    assert values(xml, "IBAN") == [DEBTOR.iban, CLINIC.iban, CLINIC.iban]
    assert values(xml, "BICFI") == ["WBKPPLPPXXX"]
    assert b"SvcLvl" not in xml
    assert FILE.total_gr == 48999


def test_unknown_bank_code_is_said_to_be_not_provided():
    xml = pain001.render(dataclasses.replace(FILE, debtor=dataclasses.replace(DEBTOR, bic=None)))
    assert pain001.validate(xml) == []
    assert b"<Id>NOTPROVIDED</Id>" in xml


def test_texts_are_cleaned_and_cut():
    creditor = dataclasses.replace(CLINIC, name="Ż" * 150)
    title = "R/2026/11/0001\r\n\x00 tytuł\u202e\u200b" + "x" * 200
    transfer = dataclasses.replace(FIRST, creditor=creditor, remittance=title)
    xml = pain001.render(dataclasses.replace(FILE, transfers=(transfer,)))
    assert pain001.validate(xml) == []
    assert values(xml, "Ustrd")[0] == ("R/2026/11/0001 tytuł" + "x" * 200)[:140]
    assert values(xml, "Nm")[-1] == "Ż" * 140


@pytest.mark.parametrize("amount_gr", [0, -1, 10**15 + 1])
def test_amounts_out_of_range_are_refused(amount_gr):
    with pytest.raises(pain001.PaymentFileRefused) as caught:
        dataclasses.replace(FIRST, amount_gr=amount_gr)
    assert caught.value.code == "AMOUNT"
    assert caught.value.params == {"id": "OLS-P-2026-11-0001"}


@pytest.mark.parametrize("identifier", ["", "x" * 36, "a//b", "/a", "a/", "ż", "a b", "a\n", "a&b"])
def test_identifiers_banks_do_not_carry_are_refused(identifier):
    with pytest.raises(pain001.PaymentFileRefused) as caught:
        dataclasses.replace(FIRST, end_to_end_id=identifier)
    assert caught.value.code == "IDENTIFIER"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"transfers": ()}, "NO_TRANSFERS"),
        ({"transfers": (FIRST, SECOND, FIRST)}, "DUPLICATE"),
        ({"message_id": "x" * 34}, "IDENTIFIER"),
        ({"created_at": datetime(2026, 11, 23)}, "CREATED"),  # noqa: DTZ001 - the fault under test
    ],
)
def test_file_refusals(change, code):
    with pytest.raises(pain001.PaymentFileRefused) as caught:
        dataclasses.replace(FILE, **change)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"iban": "PL61109010140000071219812875"}, "ACCOUNT"),
        ({"iban": "61109010140000071219812874"}, "ACCOUNT"),
        ({"iban": "DE89370400440532013000"}, "ACCOUNT"),
        ({"iban": "PL61 1090 1014 0000 0712 1981 2874"}, "ACCOUNT"),
        ({"bic": "WBK"}, "BIC"),
        ({"name": "\t"}, "NAME"),
    ],
)
def test_account_refusals(change, code):
    with pytest.raises(pain001.PaymentFileRefused) as caught:
        dataclasses.replace(CLINIC, **change)
    assert caught.value.code == code


def test_a_transfer_without_a_title_is_refused():
    with pytest.raises(pain001.PaymentFileRefused) as caught:
        dataclasses.replace(FIRST, remittance=" \x07 ")
    assert caught.value.code == "REMITTANCE"


def test_validate_catches_planted_faults():
    """Negative control: the untouched file passes, each planted fault does not."""
    xml = pain001.render(FILE)
    assert pain001.validate(xml) == []
    faults = {
        "comma": xml.replace(b"470.00", b"470,00"),
        "no identifier": xml.replace(b"<EndToEndId>OLS-P-2026-11-0001</EndToEndId>", b""),
        "wrong charges": xml.replace(b"SHAR", b"HALF"),
        "long title": xml.replace(b"raport R/2026/11/0001", b"r" * 141, 1),
        "doctype": xml.replace(b"<Document", b"<!DOCTYPE Document><Document", 1),
    }
    assert [name for name, fault in faults.items() if pain001.validate(fault) == []] == []


@settings(deadline=None, max_examples=60)
@given(name=st.text(max_size=200), title=st.text(max_size=200), amount_gr=st.integers(1, 10**15))
def test_any_text_and_amount_gives_a_valid_file_or_a_typed_refusal(name, title, amount_gr):
    try:
        creditor = dataclasses.replace(CLINIC, name=name)
        transfer = dataclasses.replace(FIRST, creditor=creditor, remittance=title, amount_gr=amount_gr)
    except pain001.PaymentFileRefused as error:
        if error.code not in {"NAME", "REMITTANCE"}:
            raise
        return
    assert pain001.validate(pain001.render(dataclasses.replace(FILE, transfers=(transfer,)))) == []
