"""What a bank statement says, whatever file it came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ols.documents import refusals
from ols.documents.refusals import gettext_noop as _


class Direction(StrEnum):
    """CREDIT: money came in; DEBIT: money went out."""

    CREDIT = "CRDT"
    DEBIT = "DBIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One booked movement. `amount_gr` is never negative; the direction says the sign.

    `returned`: the bank gave back or withdrew an earlier payment. Texts are empty if the bank sent none.
    """

    amount_gr: int
    direction: Direction
    booked_on: date
    end_to_end_id: str
    bank_reference: str
    counterparty_name: str
    counterparty_iban: str
    remittance: str
    returned: bool

    @property
    def signed_gr(self) -> int:
        """What the entry adds to the balance."""
        return self.amount_gr if self.direction is Direction.CREDIT else -self.amount_gr


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of one account; balances may be negative. `sequence` is None if the bank gave none."""

    account_iban: str
    statement_id: str
    sequence: int | None
    opening_gr: int
    closing_gr: int
    entries: tuple[Entry, ...]


class StatementRefused(refusals.FileRefused):
    """The file is not a statement that can be trusted; nothing of it may be used."""

    messages: ClassVar[Mapping[str, str]] = {
        "TOO_BIG": _("The statement file is too big."),
        "BROKEN": _("The file is damaged or is not an XML file."),
        "DOCTYPE": _("The file contains definitions that a bank statement never has."),
        "NOT_A_STATEMENT": _("The file is not a camt.053 statement in version 02 or 08."),
        "NO_STATEMENT": _("The file contains no statement."),
        "MISSING": _("The statement is missing the part %(part)s."),
        "CURRENCY": _("The statement is in %(currency)s; only PLN is supported."),
        "AMOUNT": _("The amount %(text)s cannot be read."),
        "DATE": _("The date %(text)s cannot be read."),
        "DIRECTION": _("The entry direction %(text)s is not known."),
        "DETAILS": _("Details of the entry %(reference)s give %(details)s zł but the entry is %(entry)s zł."),
        "BALANCE": _(
            "Statement %(id)s does not add up: it should close at %(expected)s zł but says %(closing)s zł."
        ),
        "SUMMARY": _("Statement %(id)s announces %(announced)s entries but has %(found)s."),
    }
