"""The VAT-exempt invoice of a clinic to an insurer as a KSeF file, structure FA(3).

Source: schema http://crd.gov.pl/wzor/2025/06/25/13775/ and the extra rules KSeF checks on receipt
(UTF-8 without a byte order mark, no processing instructions, at most 1,000,000 bytes).

A file in KSeF must not name patients or services. The types here leave no room for it: besides the two
firms' own data every text is fixed or a number of a strict shape.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from lxml import etree

from ols.documents import refusals
from ols.kernel import identifiers
from ols.settlement.formats import fa3_schema, wire_amounts, xml_text

NAMESPACE: Final = "http://crd.gov.pl/wzor/2025/06/25/13775/"
MAX_BYTES: Final = 1_000_000

# Ten digits in a row could be a NIP and eleven a PESEL: no document number needs them.
_DOCUMENT_NUMBER = re.compile(r"(?!.*[0-9]{10})[A-Za-z0-9][A-Za-z0-9/._-]{0,49}")
_STATEMENT_NUMBER = re.compile(r"R/20[0-9]{2}/(0[1-9]|1[0-2])/[0-9]{1,9}")
# FA(3) refuses files created before the structure existed.
_FIRST_DAY = datetime(2025, 9, 1, tzinfo=UTC)


class Exemption(StrEnum):
    """Legal basis of the exemption, VAT Act art. 43(1), as printed in field P_19A."""

    MEDICAL_ENTITY = "art. 43 ust. 1 pkt 18 ustawy o VAT"
    CLOSELY_CONNECTED = "art. 43 ust. 1 pkt 18a ustawy o VAT"
    DOCTOR = "art. 43 ust. 1 pkt 19 lit. a ustawy o VAT"
    NURSE = "art. 43 ust. 1 pkt 19 lit. b ustawy o VAT"
    OTHER_MEDICAL_PROFESSION = "art. 43 ust. 1 pkt 19 lit. c ustawy o VAT"
    PSYCHOLOGIST = "art. 43 ust. 1 pkt 19 lit. d ustawy o VAT"
    MEDICAL_TRANSPORT = "art. 43 ust. 1 pkt 20 ustawy o VAT"


class CorrectionReason(StrEnum):
    """Why an invoice is corrected; fixed words, so that no patient's case gets into KSeF."""

    REVERSED = "Wycofanie świadczeń z raportu rozliczeniowego"
    REPRICED = "Ponowne rozliczenie świadczeń z raportu rozliczeniowego"
    WRONG_AMOUNT = "Błędna kwota na fakturze"


class CorrectionEffect(IntEnum):
    """On which date the correction counts in the VAT records (field TypKorekty)."""

    ORIGINAL_DATE = 1
    CORRECTION_DATE = 2


class InvoiceRefused(refusals.FileRefused):
    """The data cannot become a valid invoice; the code says which part."""

    messages = fa3_schema.MESSAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A firm on the invoice. `nip`: ten digits."""

    nip: str
    name: str
    address_line_1: str
    address_line_2: str = ""

    def __post_init__(self) -> None:
        if not _is_canonical_nip(self.nip):
            raise InvoiceRefused("NIP", nip=self.nip[:20])
        if not xml_text.clean_text(self.name, max_length=512):
            raise InvoiceRefused("NAME")
        if not xml_text.clean_text(self.address_line_1, max_length=512):
            raise InvoiceRefused("ADDRESS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The invoice that a correction changes. `ksef_number` is None if it was issued outside KSeF."""

    number: str
    issue_date: date
    ksef_number: str | None
    reason: CorrectionReason
    effect: CorrectionEffect = CorrectionEffect.CORRECTION_DATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """One invoice for one settlement statement.

    `total_gr`: the amount to pay; in a correction the difference to what was invoiced, of either sign.
    `statement_number`: R/YYYY/MM/N. `account`: NRB or Polish IBAN. `created_at`: aware moment of creation.
    """

    seller: Party
    buyer: Party
    number: str
    statement_number: str
    issue_date: date
    period_from: date
    period_to: date
    due_date: date
    total_gr: int
    exemption: Exemption
    account: str
    created_at: datetime
    correction_of: Corrected | None = None

    def __post_init__(self) -> None:
        _check_numbers(self)
        _check_amount(self)
        if self.period_from > self.period_to:
            raise InvoiceRefused("PERIOD")
        if self.created_at.tzinfo is None or self.created_at < _FIRST_DAY:
            raise InvoiceRefused("CREATED")

    @property
    def line_text(self) -> str:
        """The only line: what was sold, without naming anybody."""
        return f"Usługi medyczne wg raportu {self.statement_number}"


def render(invoice: Invoice) -> bytes:
    """The invoice or correction as an FA(3) file."""
    root = xml_text.new_root("Faktura", NAMESPACE)
    _add_header(root, invoice.created_at)
    _add_party(root, "Podmiot1", invoice.seller)
    buyer = _add_party(root, "Podmiot2", invoice.buyer)
    # The buyer is neither a unit of local government nor a member of a VAT group: both must be said.
    xml_text.add(buyer, "JST", "2")
    xml_text.add(buyer, "GV", "2")
    body = xml_text.add(root, "Fa")
    _add_summary(body, invoice)
    _add_annotations(body, invoice.exemption)
    if invoice.correction_of is None:
        xml_text.add(body, "RodzajFaktury", "VAT")
    else:
        _add_correction(body, invoice.correction_of)
    _add_line(body, invoice)
    if invoice.total_gr > 0:
        _add_payment(body, invoice)
    return xml_text.to_bytes(root)


def validate(xml: bytes) -> list[str]:
    """Everything KSeF would refuse that can be known here; empty if the file may be sent."""
    if xml.startswith(b"\xef\xbb\xbf"):
        return ["byte order mark"]
    try:
        root = xml_text.parse_untrusted(xml, max_bytes=MAX_BYTES)
    except xml_text.UnsafeXml as error:
        return [error.reason]
    # The declaration is not an instruction; anything else of the shape is refused by KSeF.
    if xml.count(b"<?") > int(xml.startswith(b"<?xml ")):
        return ["processing instruction"]
    return xml_text.schema_errors(fa3_schema.load(), root)


def _check_numbers(invoice: Invoice) -> None:
    if _DOCUMENT_NUMBER.fullmatch(invoice.number) is None:
        raise InvoiceRefused("NUMBER", number=invoice.number[:60])
    if _STATEMENT_NUMBER.fullmatch(invoice.statement_number) is None:
        raise InvoiceRefused("STATEMENT_NUMBER", number=invoice.statement_number[:60])
    if not _is_account(invoice.account):
        raise InvoiceRefused("ACCOUNT", iban=invoice.account[:40])
    corrected = invoice.correction_of
    if corrected is not None and _DOCUMENT_NUMBER.fullmatch(corrected.number) is None:
        raise InvoiceRefused("NUMBER", number=corrected.number[:60])


def _is_canonical_nip(nip: str) -> bool:
    try:
        return identifiers.parse_nip(nip) == nip
    except identifiers.IdentifierError:
        return False


def _is_account(account: str) -> bool:
    try:
        return identifiers.parse_nrb(account).removeprefix("PL") == account.removeprefix("PL")
    except identifiers.IdentifierError:
        return False


def _check_amount(invoice: Invoice) -> None:
    if invoice.correction_of is None and invoice.total_gr <= 0:
        raise InvoiceRefused("AMOUNT")
    if invoice.total_gr == 0:
        raise InvoiceRefused("NO_DIFFERENCE")


def _add_header(root: etree._Element, created_at: datetime) -> None:
    header = xml_text.add(root, "Naglowek")
    form = xml_text.add(header, "KodFormularza", "FA")
    form.set("kodSystemowy", "FA (3)")
    form.set("wersjaSchemy", "1-0E")
    xml_text.add(header, "WariantFormularza", "3")
    moment = created_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    xml_text.add(header, "DataWytworzeniaFa", f"{moment.isoformat()}Z")
    xml_text.add(header, "SystemInfo", "System OLS")


def _add_party(root: etree._Element, name: str, party: Party) -> etree._Element:
    element = xml_text.add(root, name)
    identity = xml_text.add(element, "DaneIdentyfikacyjne")
    xml_text.add(identity, "NIP", party.nip)
    xml_text.add(identity, "Nazwa", xml_text.clean_text(party.name, max_length=512))
    address = xml_text.add(element, "Adres")
    xml_text.add(address, "KodKraju", "PL")
    xml_text.add(address, "AdresL1", xml_text.clean_text(party.address_line_1, max_length=512))
    second = xml_text.clean_text(party.address_line_2, max_length=512)
    if second:
        xml_text.add(address, "AdresL2", second)
    return element


def _add_summary(body: etree._Element, invoice: Invoice) -> None:
    xml_text.add(body, "KodWaluty", "PLN")
    xml_text.add(body, "P_1", invoice.issue_date.isoformat())
    xml_text.add(body, "P_2", invoice.number)
    period = xml_text.add(body, "OkresFa")
    xml_text.add(period, "P_6_Od", invoice.period_from.isoformat())
    xml_text.add(period, "P_6_Do", invoice.period_to.isoformat())
    total = wire_amounts.to_wire(invoice.total_gr)
    xml_text.add(body, "P_13_7", total)
    xml_text.add(body, "P_15", total)


def _add_annotations(body: etree._Element, exemption: Exemption) -> None:
    notes = xml_text.add(body, "Adnotacje")
    for field in ("P_16", "P_17", "P_18", "P_18A"):
        xml_text.add(notes, field, "2")
    exempt = xml_text.add(notes, "Zwolnienie")
    xml_text.add(exempt, "P_19", "1")
    xml_text.add(exempt, "P_19A", exemption.value)
    xml_text.add(xml_text.add(notes, "NoweSrodkiTransportu"), "P_22N", "1")
    xml_text.add(notes, "P_23", "2")
    xml_text.add(xml_text.add(notes, "PMarzy"), "P_PMarzyN", "1")


def _add_correction(body: etree._Element, corrected: Corrected) -> None:
    xml_text.add(body, "RodzajFaktury", "KOR")
    xml_text.add(body, "PrzyczynaKorekty", corrected.reason.value)
    xml_text.add(body, "TypKorekty", str(corrected.effect.value))
    details = xml_text.add(body, "DaneFaKorygowanej")
    xml_text.add(details, "DataWystFaKorygowanej", corrected.issue_date.isoformat())
    xml_text.add(details, "NrFaKorygowanej", corrected.number)
    if corrected.ksef_number is None:
        xml_text.add(details, "NrKSeFN", "1")
    else:
        xml_text.add(details, "NrKSeF", "1")
        xml_text.add(details, "NrKSeFFaKorygowanej", corrected.ksef_number)


def _add_line(body: etree._Element, invoice: Invoice) -> None:
    amount = wire_amounts.to_wire(invoice.total_gr)
    line = xml_text.add(body, "FaWiersz")
    xml_text.add(line, "NrWierszaFa", "1")
    xml_text.add(line, "P_7", invoice.line_text)
    # A correction changes the value only; a quantity of 1 would read as one more unit sold.
    if invoice.correction_of is None:
        xml_text.add(line, "P_8A", "szt.")
        xml_text.add(line, "P_8B", "1")
        xml_text.add(line, "P_9A", amount)
    xml_text.add(line, "P_11", amount)
    xml_text.add(line, "P_12", "zw")


def _add_payment(body: etree._Element, invoice: Invoice) -> None:
    payment = xml_text.add(body, "Platnosc")
    xml_text.add(xml_text.add(payment, "TerminPlatnosci"), "Termin", invoice.due_date.isoformat())
    xml_text.add(payment, "FormaPlatnosci", "6")
    xml_text.add(xml_text.add(payment, "RachunekBankowy"), "NrRB", invoice.account.removeprefix("PL"))
