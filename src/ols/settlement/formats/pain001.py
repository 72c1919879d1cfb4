"""Payment order to the insurer's bank: pain.001.001.09, domestic transfers in zloty.

Decisions of the format: charges shared (SHAR), no service level (SEPA is euro only), one debit entry per
transfer, structured addresses left out. The schema beside this file is the ISO 20022 original.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from typing import ClassVar, Final

from lxml import etree

from ols.documents import refusals
from ols.documents.refusals import gettext_noop as _
from ols.kernel import identifiers
from ols.settlement.formats import wire_amounts, xml_text

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
NAME_LENGTH: Final = 140
REMITTANCE_LENGTH: Final = 140
MAX_BYTES: Final = 50_000_000
# The largest sum one transfer may carry: Elixir takes amounts under one million zloty, Sorbnet the rest;
# this is only the width of the field, 18 digits with two decimals.
_MAX_AMOUNT_GR: Final = 10**15

# Identifiers travel through several banks: only letters and signs every one of them carries, and no
# slash at either end or doubled.
_IDENTIFIER = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/?:().,'+-]{1,35}(?<!/)")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


class PaymentFileRefused(refusals.FileRefused):
    """The data cannot become a payment file; nothing is left out silently."""

    messages: ClassVar[Mapping[str, str]] = {
        "NO_TRANSFERS": _("The payment file needs at least one transfer."),
        "AMOUNT": _("The transfer %(id)s must be above zero and within the bank's limit."),
        "DUPLICATE": _("The payment number %(id)s appears twice."),
        "IDENTIFIER": _("The payment number %(id)s has signs that are not allowed or is too long."),
        "ACCOUNT": _("The account %(iban)s is not a Polish bank account."),
        "BIC": _("The bank code %(bic)s has a wrong shape."),
        "NAME": _("The account holder's name is missing."),
        "REMITTANCE": _("The transfer %(id)s has no title."),
        "CREATED": _("The moment of creation is missing its time zone or is too early."),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who holds which account. `iban`: PL and 26 digits; `bic`: None if the bank's code is not known."""

    name: str
    iban: str
    bic: str | None = None

    def __post_init__(self) -> None:
        if not _is_canonical(self.iban):
            raise PaymentFileRefused("ACCOUNT", iban=self.iban[:40])
        if self.bic is not None and _BIC.fullmatch(self.bic) is None:
            raise PaymentFileRefused("BIC", bic=self.bic[:20])
        if not xml_text.clean_text(self.name, max_length=NAME_LENGTH):
            raise PaymentFileRefused("NAME")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One transfer. `end_to_end_id` comes back on the statement; `remittance` is cut to 140 signs."""

    end_to_end_id: str
    creditor: Account
    amount_gr: int
    remittance: str

    def __post_init__(self) -> None:
        if _IDENTIFIER.fullmatch(self.end_to_end_id) is None:
            raise PaymentFileRefused("IDENTIFIER", id=self.end_to_end_id[:60])
        if not 0 < self.amount_gr <= _MAX_AMOUNT_GR:
            raise PaymentFileRefused("AMOUNT", id=self.end_to_end_id)
        if not xml_text.clean_text(self.remittance, max_length=REMITTANCE_LENGTH):
            raise PaymentFileRefused("REMITTANCE", id=self.end_to_end_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFile:
    """All transfers of one debtor account for one day. `created_at`: aware moment."""

    message_id: str
    created_at: datetime
    debtor: Account
    execution_day: date
    transfers: tuple[Transfer, ...]

    def __post_init__(self) -> None:
        # Two signs are kept for the number of the batch inside the message.
        if _IDENTIFIER.fullmatch(f"{self.message_id}-1") is None:
            raise PaymentFileRefused("IDENTIFIER", id=self.message_id[:60])
        if self.created_at.tzinfo is None:
            raise PaymentFileRefused("CREATED")
        if not self.transfers:
            raise PaymentFileRefused("NO_TRANSFERS")
        counts = Counter(transfer.end_to_end_id for transfer in self.transfers)
        for identifier, count in counts.items():
            if count > 1:
                raise PaymentFileRefused("DUPLICATE", id=identifier)

    @property
    def total_gr(self) -> int:
        """Sum of all transfers in grosze."""
        return sum(transfer.amount_gr for transfer in self.transfers)


def render(payment_file: PaymentFile) -> bytes:
    """The payment order as a pain.001.001.09 file."""
    root = xml_text.new_root("Document", NAMESPACE)
    message = xml_text.add(root, "CstmrCdtTrfInitn")
    _add_group_header(message, payment_file)
    payment = xml_text.add(message, "PmtInf")
    _add_payment_header(payment, payment_file)
    for transfer in payment_file.transfers:
        _add_transfer(payment, transfer)
    return xml_text.to_bytes(root)


def validate(xml: bytes) -> list[str]:
    """What the ISO schema has against the file; empty if nothing."""
    try:
        root = xml_text.parse_untrusted(xml, max_bytes=MAX_BYTES)
    except xml_text.UnsafeXml as error:
        return [error.reason]
    return xml_text.schema_errors(_schema(), root)


@cache
def _schema() -> etree.XMLSchema:
    folder = resources.files("ols.settlement.formats") / "schemas"
    return etree.XMLSchema(etree.fromstring((folder / "pain.001.001.09.xsd").read_bytes()))


def _add_group_header(message: etree._Element, payment_file: PaymentFile) -> None:
    header = xml_text.add(message, "GrpHdr")
    xml_text.add(header, "MsgId", payment_file.message_id)
    moment = payment_file.created_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    xml_text.add(header, "CreDtTm", f"{moment.isoformat()}Z")
    _add_control_sums(header, payment_file)
    party = xml_text.add(header, "InitgPty")
    xml_text.add(party, "Nm", _name(payment_file.debtor))


def _add_payment_header(payment: etree._Element, payment_file: PaymentFile) -> None:
    debtor = payment_file.debtor
    xml_text.add(payment, "PmtInfId", f"{payment_file.message_id}-1")
    xml_text.add(payment, "PmtMtd", "TRF")
    # One statement entry per transfer: otherwise the bank's answer cannot be matched to the grosz.
    xml_text.add(payment, "BtchBookg", "false")
    _add_control_sums(payment, payment_file)
    day = xml_text.add(payment, "ReqdExctnDt")
    xml_text.add(day, "Dt", payment_file.execution_day.isoformat())
    xml_text.add(xml_text.add(payment, "Dbtr"), "Nm", _name(debtor))
    account = _add_account(payment, "DbtrAcct", debtor)
    xml_text.add(account, "Ccy", "PLN")
    agent = xml_text.add(xml_text.add(payment, "DbtrAgt"), "FinInstnId")
    if debtor.bic is None:
        # The element is required; this is the agreed way to say that the IBAN names the bank.
        xml_text.add(xml_text.add(agent, "Othr"), "Id", "NOTPROVIDED")
    else:
        xml_text.add(agent, "BICFI", debtor.bic)
    xml_text.add(payment, "ChrgBr", "SHAR")


def _add_transfer(payment: etree._Element, transfer: Transfer) -> None:
    creditor = transfer.creditor
    element = xml_text.add(payment, "CdtTrfTxInf")
    xml_text.add(xml_text.add(element, "PmtId"), "EndToEndId", transfer.end_to_end_id)
    amount = xml_text.add(xml_text.add(element, "Amt"), "InstdAmt", wire_amounts.to_wire(transfer.amount_gr))
    amount.set("Ccy", "PLN")
    if creditor.bic is not None:
        agent = xml_text.add(xml_text.add(element, "CdtrAgt"), "FinInstnId")
        xml_text.add(agent, "BICFI", creditor.bic)
    xml_text.add(xml_text.add(element, "Cdtr"), "Nm", _name(creditor))
    _add_account(element, "CdtrAcct", creditor)
    title = xml_text.clean_text(transfer.remittance, max_length=REMITTANCE_LENGTH)
    xml_text.add(xml_text.add(element, "RmtInf"), "Ustrd", title)


def _add_control_sums(parent: etree._Element, payment_file: PaymentFile) -> None:
    xml_text.add(parent, "NbOfTxs", str(len(payment_file.transfers)))
    xml_text.add(parent, "CtrlSum", wire_amounts.to_wire(payment_file.total_gr))


def _add_account(parent: etree._Element, name: str, holder: Account) -> etree._Element:
    account = xml_text.add(parent, name)
    xml_text.add(xml_text.add(account, "Id"), "IBAN", holder.iban)
    return account


def _name(holder: Account) -> str:
    return xml_text.clean_text(holder.name, max_length=NAME_LENGTH)


def _is_canonical(iban: str) -> bool:
    try:
        return identifiers.parse_nrb(iban) == iban
    except identifiers.IdentifierError:
        return False
