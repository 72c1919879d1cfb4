from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycamt.parser import Camt053Parser

from ols.settlement.formats import camt053
from ols.settlement.formats.statement import Direction, StatementRefused

IBAN = "PL61109010140000071219812874"


def balance(code: str, amount: str, direction: str = "CRDT") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='PLN'>{amount}</Amt>"
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2026-11-25</Dt></Dt></Bal>"
    )


def entry(amount: str, direction: str = "DBIT", *, status: str = "<Cd>BOOK</Cd>", more: str = "") -> str:
    return (
        f"<Ntry><Amt Ccy='PLN'>{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>2026-11-25</Dt></BookgDt><AcctSvcrRef>B-1</AcctSvcrRef>{more}</Ntry>"
    )


def document(*parts: str, version: str = "08", head: str = "") -> bytes:
    return (
        f'{head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
        f"<Stmt><Id>S-3</Id><ElctrncSeqNb>3</ElctrncSeqNb><Acct><Id><IBAN>{IBAN}</IBAN></Id><Ccy>PLN</Ccy></Acct>"
        f"{''.join(parts)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


TRANSFER_08 = (
    "<NtryDtls><TxDtls><Refs><EndToEndId>OLS-P-1</EndToEndId></Refs><RltdPties>"
    "<Cdtr><Pty><Nm>Przychodnia Łódzka (demo)</Nm></Pty></Cdtr>"
    "<CdtrAcct><Id><IBAN>PL27114020040000300201355387</IBAN></Id></CdtrAcct></RltdPties>"
    "<RmtInf><Ustrd>OLS/2026/11/0001 raport</Ustrd><Ustrd>R/2026/11/0001</Ustrd></RmtInf></TxDtls></NtryDtls>"
)
GOOD = document(balance("OPBD", "1000.00"), balance("CLBD", "530.00"), entry("470.00", more=TRANSFER_08))


def refusal(data: bytes) -> str:
    with pytest.raises(StatementRefused) as caught:
        camt053.read_statements(data)
    assert "%(" not in str(caught.value)
    return caught.value.code


def test_a_statement_is_read_in_full():
    (statement,) = camt053.read_statements(GOOD)
    assert (statement.account_iban, statement.statement_id, statement.sequence) == (IBAN, "S-3", 3)
    assert (statement.opening_gr, statement.closing_gr) == (100000, 53000)
    (only,) = statement.entries
    assert (only.amount_gr, only.direction, only.signed_gr) == (47000, Direction.DEBIT, -47000)
    assert only.booked_on == date(2026, 11, 25)
    assert (only.end_to_end_id, only.bank_reference) == ("OLS-P-1", "B-1")
    assert only.counterparty_name == "Przychodnia Łódzka (demo)"
    assert only.counterparty_iban == "PL27114020040000300201355387"
    assert only.remittance == "OLS/2026/11/0001 raport R/2026/11/0001"
    assert only.returned is False


def test_an_independent_reader_agrees():
    (info,) = Camt053Parser(GOOD).get_statement_info()
    (transaction,) = Camt053Parser(GOOD).get_transactions()
    (statement,) = camt053.read_statements(GOOD)
    assert info["IBAN"] == statement.account_iban
    assert transaction["EndToEndId"] == statement.entries[0].end_to_end_id
    assert transaction["Amount"] in ("470.00", 470.0)


def test_version_02_with_its_own_shapes():
    details = TRANSFER_08.replace("<Pty>", "").replace("</Pty>", "")
    data = document(
        balance("PRCD", "1000.00"),
        balance("CLBD", "530.00"),
        entry("470.00", status="BOOK", more=details),
        entry("1.00", status="PDNG"),
        version="02",
        head='<?xml version="1.0" encoding="UTF-8"?>',
    )
    (statement,) = camt053.read_statements(data)
    assert [item.counterparty_name for item in statement.entries] == ["Przychodnia Łódzka (demo)"]


@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2", "utf-16"])
def test_declared_encodings(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + GOOD.decode()
    (statement,) = camt053.read_statements(text.encode(encoding))
    assert statement.entries[0].counterparty_name == "Przychodnia Łódzka (demo)"


def test_negative_balances_and_credits():
    data = document(
        balance("OPBD", "10.00", "DBIT"),
        balance("CLBD", "0.01", "DBIT"),
        entry("9.99", "CRDT"),
        entry("0", "DBIT"),
    )
    (statement,) = camt053.read_statements(data)
    assert (statement.opening_gr, statement.closing_gr) == (-1000, -1)


@pytest.mark.parametrize(
    "more",
    [
        "<RvslInd>true</RvslInd>",
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>",
        "<NtryDtls><TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>",
    ],
)
def test_returns_are_marked(more):
    data = document(balance("OPBD", "0.00"), balance("CLBD", "5.00"), entry("5.00", "CRDT", more=more))
    assert [item.returned for item in camt053.read_statements(data)[0].entries] == [True]


def batch(first: str, second: str) -> bytes:
    details = "".join(
        f"<TxDtls><Refs><EndToEndId>P-{number}</EndToEndId></Refs><Amt Ccy='PLN'>{amount}</Amt></TxDtls>"
        for number, amount in enumerate((first, second), 1)
    )
    return document(
        balance("OPBD", "10.00"),
        balance("CLBD", "0.00"),
        entry("10.00", more=f"<NtryDtls>{details}</NtryDtls>"),
    )


def test_a_batch_entry_becomes_its_details():
    (statement,) = camt053.read_statements(batch("4.00", "6.00"))
    assert [(item.end_to_end_id, item.amount_gr) for item in statement.entries] == [
        ("P-1", 400),
        ("P-2", 600),
    ]
    assert refusal(batch("4.00", "6.01")) == "DETAILS"


def test_an_absent_reference_is_empty_not_a_word():
    data = GOOD.replace(b"OLS-P-1", b"NOTPROVIDED")
    assert camt053.read_statements(data)[0].entries[0].end_to_end_id == ""


ENTITY = '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = '<!DOCTYPE D [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "BROKEN"),
        (b"%PDF-1.7", "BROKEN"),
        (GOOD[:-20], "BROKEN"),
        (GOOD.replace("Łódzka".encode(), "Łódzka".encode("cp1250")), "BROKEN"),
        (b" " * (camt053.MAX_BYTES + 1), "TOO_BIG"),
        (ENTITY.encode() + GOOD.replace(b"S-3", b"&x;"), "DOCTYPE"),
        (BOMB.encode() + GOOD.replace(b"S-3", b"&b;"), "DOCTYPE"),
        ((" " * 5000 + ENTITY).encode() + GOOD.replace(b"S-3", b"&x;"), "DOCTYPE"),
        (ENTITY.encode("utf-16") + GOOD.decode().encode("utf-16-le"), "DOCTYPE"),
        (GOOD.replace(b"camt.053.001.08", b"camt.054.001.08"), "NOT_A_STATEMENT"),
        (GOOD.replace(b"<Stmt>", b"<Rpt>").replace(b"</Stmt>", b"</Rpt>"), "NO_STATEMENT"),
        (GOOD.replace(b"<Ccy>PLN", b"<Ccy>EUR"), "CURRENCY"),
        (GOOD.replace(b"Ccy='PLN'>470.00", b"Ccy='EUR'>470.00"), "CURRENCY"),
        (GOOD.replace(b"Ccy='PLN'>470.00", b">470.00"), "CURRENCY"),
        (GOOD.replace(b"OPBD", b"ITAV"), "MISSING"),
        (GOOD.replace(b"CLBD", b"CLAV"), "MISSING"),
        (GOOD.replace(b"<Id>S-3</Id>", b""), "MISSING"),
        (GOOD.replace(b"470.00", b"470.001"), "AMOUNT"),
        (GOOD.replace(b"470.00", b"-470.00"), "AMOUNT"),
        (GOOD.replace(b"<BookgDt><Dt>2026-11-25", b"<BookgDt><Dt>2026-11-31"), "DATE"),
        (GOOD.replace(b"DBIT", b"OUT"), "DIRECTION"),
        (
            GOOD.replace(
                b"<Ntry>", b"<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry><Ntry>"
            ),
            "SUMMARY",
        ),
    ],
)
def test_refusals(data, code):
    assert refusal(data) == code


def test_tampered_amounts_are_caught():
    """Negative control: the same file passes untouched and fails with any one amount changed by a grosz."""
    assert len(camt053.read_statements(GOOD)) == 1
    for original, tampered in ((b">470.00", b">470.01"), (b">1000.00", b">999.99"), (b">530.00", b">530.01")):
        assert refusal(GOOD.replace(original, tampered)) == "BALANCE"


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_damage_is_refused_or_harmless(data):
    """Whatever bytes change, the answer is a statement that adds up or a typed refusal."""
    damaged = bytearray(GOOD)
    for _step in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        statements = camt053.read_statements(bytes(damaged))
    except StatementRefused:
        return
    for statement in statements:
        moved = sum(item.signed_gr for item in statement.entries)
        assert statement.opening_gr + moved == statement.closing_gr
