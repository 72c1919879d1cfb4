"""Which payment an entry of a bank statement is: pure, over frozen values.

Order: our payment number → report number in the title and amount → account, amount and date.
Never by amount alone; what fits two payments or a different amount waits for a person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ols.settlement.formats.statement import Direction, Entry

BY_PAYMENT_NUMBER: Final = "end-to-end"
BY_TITLE: Final = "title"
BY_ACCOUNT: Final = "account"
BY_PERSON: Final = "person"
SET_ASIDE: Final = "set-aside"

AMOUNT_DIFFERS: Final = "amount-differs"
SEVERAL_FIT: Final = "several-fit"
NOTHING_FITS: Final = "nothing-fits"

# Orders run on working days: a long weekend and a late value date fit, the next report's payment does not.
_DAYS_BEFORE: Final = timedelta(days=1)
_DAYS_AFTER: Final = timedelta(days=7)
_RETURN_DAYS: Final = timedelta(days=60)

# Banks cut titles into lines of 35 signs and put signs of their own at the cuts.
_CUT = r"[\s|]*"
_OUR_NUMBER = re.compile(r"R-[0-9]{4}-[0-9]{2}-[0-9]+-[0-9]+")


def payment_number(*, statement_number: str, attempt: int) -> str:
    """Return the end-to-end id of the n-th transfer for a report: R/2026/11/0001 → R-2026-11-0001-1."""
    return f"{statement_number.replace('/', '-')}-{attempt}"


@dataclass(frozen=True)
class OpenPayment:
    """A transfer that the statement may speak of; `booked_on` None: the bank has not taken the money yet."""

    payment_id: int
    end_to_end_id: str
    statement_number: str
    iban: str
    amount_gr: int
    execution_on: date
    booked_on: date | None


@dataclass(frozen=True)
class Match:
    """The payment an entry is, and how it was found; or no payment, and why."""

    payment_id: int | None
    how: str = ""
    reason: str = ""


def match(entry: Entry, payments: Sequence[OpenPayment]) -> Match:
    """Find the entry's payment among those of its kind: not booked for money out, booked for money back."""
    eligible = [payment for payment in payments if _is_eligible(entry, payment)]
    named = [payment for payment in eligible if payment.end_to_end_id == entry.end_to_end_id]
    if named:
        return _same_amount(entry, named[0], BY_PAYMENT_NUMBER)
    if _OUR_NUMBER.fullmatch(entry.end_to_end_id):
        # Ours, but cancelled, returned or booked before: whatever the title says, a person must look.
        return Match(None, reason=NOTHING_FITS)
    titled = [payment for payment in eligible if _is_titled(entry, payment)]
    if titled:
        exact = [payment for payment in titled if payment.amount_gr == entry.amount_gr]
        return _only(exact, BY_TITLE) if exact else Match(None, reason=AMOUNT_DIFFERS)
    # A stranger's own payment number says that the transfer is not ours.
    if entry.end_to_end_id:
        return Match(None, reason=NOTHING_FITS)
    return _only([payment for payment in eligible if _is_alike(entry, payment)], BY_ACCOUNT)


def _is_eligible(entry: Entry, payment: OpenPayment) -> bool:
    if entry.direction is Direction.DEBIT:
        return payment.booked_on is None and not entry.returned
    # Money that comes in is ours only as the return of a payment that went out.
    names_us = entry.end_to_end_id == payment.end_to_end_id
    return payment.booked_on is not None and (entry.returned or names_us)


def _is_titled(entry: Entry, payment: OpenPayment) -> bool:
    number = _CUT.join(re.escape(sign) for sign in payment.statement_number)
    return re.search(rf"(?<![0-9A-Za-z]){number}(?!{_CUT}[0-9])", entry.remittance) is not None


def _is_alike(entry: Entry, payment: OpenPayment) -> bool:
    if entry.counterparty_iban != payment.iban or entry.amount_gr != payment.amount_gr:
        return False
    if entry.direction is Direction.DEBIT:
        return payment.execution_on - _DAYS_BEFORE <= entry.booked_on <= payment.execution_on + _DAYS_AFTER
    assert payment.booked_on is not None
    return payment.booked_on <= entry.booked_on <= payment.booked_on + _RETURN_DAYS


def _same_amount(entry: Entry, payment: OpenPayment, how: str) -> Match:
    if entry.amount_gr != payment.amount_gr:
        return Match(None, reason=AMOUNT_DIFFERS)
    return Match(payment.payment_id, how)


def _only(payments: Sequence[OpenPayment], how: str) -> Match:
    if len(payments) == 1:
        return Match(payments[0].payment_id, how)
    return Match(None, reason=SEVERAL_FIT if payments else NOTHING_FITS)
