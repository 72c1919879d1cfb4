"""Bank statements in the camt.053 format, versions 02 and 08, as `Statement` values.

A statement is taken whole or refused: the balances, the number of entries and the details of every entry
must agree to the grosz before anything is believed.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree

from ols.settlement.formats import wire_amounts, xml_text
from ols.settlement.formats.statement import Direction, Entry, Statement, StatementRefused

MAX_BYTES: Final = 20_000_000
NAMESPACES: Final = frozenset(
    f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}" for version in ("02", "08")
)
# Banks say "we sent no reference" with this word.
_NO_REFERENCE: Final = "NOTPROVIDED"
_RETURN_FAMILY: Final = "RRTN"


def read_statements(data: bytes) -> tuple[Statement, ...]:
    """Every statement of the file, checked; at least one.

    Only booked entries count: pending and informational ones move no balance. A batch entry becomes one
    entry for each of its details. Raises `StatementRefused`.
    """
    try:
        root = xml_text.parse_untrusted(data, max_bytes=MAX_BYTES)
    except xml_text.UnsafeXml as error:
        raise StatementRefused(error.reason) from error
    name = etree.QName(root)
    if name.localname != "Document" or name.namespace not in NAMESPACES:
        raise StatementRefused("NOT_A_STATEMENT")
    found = root.findall("./{*}BkToCstmrStmt/{*}Stmt")
    if not found:
        raise StatementRefused("NO_STATEMENT")
    return tuple(_statement(element) for element in found)


def _statement(element: etree._Element) -> Statement:
    currency = _text(element, "Acct/Ccy")
    if currency not in ("", "PLN"):
        raise StatementRefused("CURRENCY", currency=currency[:10])
    booked = [entry for entry in element.findall("./{*}Ntry") if _is_booked(entry)]
    sequence = _text(element, "ElctrncSeqNb")
    statement = Statement(
        account_iban=_required(element, "Acct/Id/IBAN").replace(" ", ""),
        statement_id=_required(element, "Id"),
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() else None,
        opening_gr=_balance(element, ("OPBD", "PRCD")),
        closing_gr=_balance(element, ("CLBD",)),
        entries=tuple(entry for booking in booked for entry in _entries(booking)),
    )
    _check_sums(statement)
    _check_summary(element, statement, len(booked))
    return statement


def _check_sums(statement: Statement) -> None:
    expected = statement.opening_gr + sum(entry.signed_gr for entry in statement.entries)
    if expected != statement.closing_gr:
        raise StatementRefused(
            "BALANCE",
            id=statement.statement_id,
            expected=wire_amounts.to_wire(expected),
            closing=wire_amounts.to_wire(statement.closing_gr),
        )


def _check_summary(element: etree._Element, statement: Statement, found: int) -> None:
    announced = _text(element, "TxsSummry/TtlNtries/NbOfNtries")
    # Some banks count pending entries too, so both numbers are an honest announcement.
    total = len(element.findall("./{*}Ntry"))
    if announced and announced not in (str(found), str(total)):
        raise StatementRefused(
            "SUMMARY", id=statement.statement_id, announced=announced[:20], found=str(found)
        )


def _entries(booking: etree._Element) -> Iterator[Entry]:
    """One entry per detail of a booking, or one for the booking itself if it has no more than one."""
    amount_gr = _amount(booking)
    details = booking.findall("./{*}NtryDtls/{*}TxDtls")
    if len(details) <= 1:
        yield _entry(booking, details[0] if details else None, amount_gr)
        return
    amounts = [_detail_amount(detail) for detail in details]
    if sum(amounts) != amount_gr:
        raise StatementRefused(
            "DETAILS",
            reference=_text(booking, "AcctSvcrRef") or _text(booking, "NtryRef"),
            details=wire_amounts.to_wire(sum(amounts)),
            entry=wire_amounts.to_wire(amount_gr),
        )
    for detail, detail_gr in zip(details, amounts, strict=True):
        yield _entry(booking, detail, detail_gr)


def _entry(booking: etree._Element, detail: etree._Element | None, amount_gr: int) -> Entry:
    direction = _direction(booking)
    # The other party of money going out is the creditor, of money coming in the debtor.
    role = "Cdtr" if direction is Direction.DEBIT else "Dbtr"
    source = booking if detail is None else detail
    return Entry(
        amount_gr=amount_gr,
        direction=direction,
        booked_on=_day(booking, "BookgDt"),
        end_to_end_id=_reference(source, "Refs/EndToEndId"),
        bank_reference=_reference(source, "Refs/AcctSvcrRef")
        or _reference(booking, "AcctSvcrRef")
        or _reference(booking, "NtryRef"),
        counterparty_name=_text(source, f"RltdPties/{role}/Pty/Nm") or _text(source, f"RltdPties/{role}/Nm"),
        counterparty_iban=_text(source, f"RltdPties/{role}Acct/Id/IBAN").replace(" ", ""),
        remittance=_remittance(source) or _text(booking, "AddtlNtryInf"),
        returned=_is_return(booking, source),
    )


def _is_booked(booking: etree._Element) -> bool:
    # Version 02 writes the status as text, version 08 one level deeper.
    return (_text(booking, "Sts/Cd") or _text(booking, "Sts")) == "BOOK"


def _is_return(booking: etree._Element, source: etree._Element) -> bool:
    families = (
        _text(booking, "BkTxCd/Domn/Fmly/SubFmlyCd"),
        _text(source, "BkTxCd/Domn/Fmly/SubFmlyCd"),
    )
    reversal = _text(booking, "RvslInd") in ("true", "1")
    return reversal or source.find("./{*}RtrInf") is not None or _RETURN_FAMILY in families


def _remittance(source: etree._Element) -> str:
    """The title as one line; banks cut it into pieces of 35 signs."""
    pieces = source.findall("./{*}RmtInf/{*}Ustrd")
    return " ".join(xml_text.clean_text(piece.text or "", max_length=500) for piece in pieces)


def _reference(element: etree._Element, path: str) -> str:
    text = _text(element, path)
    return "" if text == _NO_REFERENCE else text


def _balance(element: etree._Element, codes: tuple[str, ...]) -> int:
    for balance in element.findall("./{*}Bal"):
        if _text(balance, "Tp/CdOrPrtry/Cd") in codes:
            amount_gr = _amount(balance)
            return amount_gr if _direction(balance) is Direction.CREDIT else -amount_gr
    raise StatementRefused("MISSING", part=f"Bal {codes[0]}")


def _detail_amount(detail: etree._Element) -> int:
    """Amount of one detail: version 08 has it directly, version 02 may nest it."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        element = detail.find(_path(path))
        if element is not None:
            return _money(element)
    raise StatementRefused("MISSING", part="TxDtls/Amt")


def _amount(parent: etree._Element) -> int:
    element = parent.find(_path("Amt"))
    if element is None:
        raise StatementRefused("MISSING", part="Amt")
    return _money(element)


def _money(element: etree._Element) -> int:
    currency = element.get("Ccy", "")
    if currency != "PLN":
        raise StatementRefused("CURRENCY", currency=currency[:10])
    try:
        return wire_amounts.from_wire(element.text or "")
    except wire_amounts.NotAnAmount as error:
        raise StatementRefused("AMOUNT", text=str(error)) from error


def _direction(parent: etree._Element) -> Direction:
    text = _text(parent, "CdtDbtInd")
    try:
        return Direction(text)
    except ValueError as error:
        raise StatementRefused("DIRECTION", text=text[:20]) from error


def _day(parent: etree._Element, path: str) -> date:
    text = _text(parent, f"{path}/Dt") or _text(parent, f"{path}/DtTm")[:10]
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise StatementRefused("DATE", text=text[:30]) from error


def _required(element: etree._Element, path: str) -> str:
    text = _text(element, path)
    if not text:
        raise StatementRefused("MISSING", part=path)
    return text


def _text(element: etree._Element, path: str) -> str:
    return xml_text.clean_text(element.findtext(_path(path)) or "", max_length=500)


def _path(path: str) -> str:
    return "./" + "/".join(f"{{*}}{step}" for step in path.split("/"))
