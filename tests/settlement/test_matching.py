"""Which payment an entry is: each rule, and everything that must wait for a person."""

from dataclasses import replace
from datetime import date

import pytest

from ols.settlement.formats.statement import Direction, Entry
from ols.settlement.services import matching
from ols.settlement.services.matching import Match, OpenPayment, match

IBAN = "PL27114020040000300201355387"
DAY = date(2026, 11, 23)
PAYMENT = OpenPayment(
    payment_id=1,
    end_to_end_id="R-2026-11-0001-1",
    statement_number="R/2026/11/0001",
    iban=IBAN,
    amount_gr=48999,
    execution_on=DAY,
    booked_on=None,
)
TWELFTH = replace(
    PAYMENT, payment_id=12, end_to_end_id="R-2026-11-00012-1", statement_number="R/2026/11/00012"
)
BOOKED = replace(PAYMENT, booked_on=DAY)
ENTRY = Entry(
    amount_gr=48999,
    direction=Direction.DEBIT,
    booked_on=DAY,
    end_to_end_id="R-2026-11-0001-1",
    bank_reference="B1",
    counterparty_name="Przychodnia",
    counterparty_iban=IBAN,
    remittance="Raport R/2026/11/0001",
    returned=False,
)
UNNAMED = replace(ENTRY, end_to_end_id="")
BY_ACCOUNT = replace(UNNAMED, remittance="")
RETURN = replace(ENTRY, direction=Direction.CREDIT, returned=True)


@pytest.mark.parametrize(
    ("entry", "how"),
    [
        (ENTRY, "end-to-end"),
        (replace(ENTRY, remittance="", counterparty_iban=""), "end-to-end"),
        (UNNAMED, "title"),
        (replace(UNNAMED, remittance="RAPORT R/2026/11/00 01|zl"), "title"),
        (replace(UNNAMED, remittance="x R/20|26/1\n1/0001"), "title"),
        (replace(ENTRY, end_to_end_id="BANK-77"), "title"),
        (BY_ACCOUNT, "account"),
        (replace(BY_ACCOUNT, booked_on=date(2026, 11, 30)), "account"),
    ],
)
def test_found(entry, how):
    assert match(entry, [PAYMENT]) == Match(1, how)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (replace(ENTRY, amount_gr=48998), "amount-differs"),
        (replace(UNNAMED, amount_gr=48998), "amount-differs"),
        # Our number, but not of an open payment: the title does not help.
        (replace(ENTRY, end_to_end_id="R-2026-11-0001-2"), "nothing-fits"),
        # Never by amount alone.
        (replace(BY_ACCOUNT, counterparty_iban=""), "nothing-fits"),
        (replace(BY_ACCOUNT, counterparty_iban="PL60102010260000042270201111"), "nothing-fits"),
        (replace(BY_ACCOUNT, booked_on=date(2026, 12, 1)), "nothing-fits"),
        (replace(BY_ACCOUNT, booked_on=date(2026, 11, 21)), "nothing-fits"),
        (replace(BY_ACCOUNT, end_to_end_id="SALARY-1"), "nothing-fits"),
        (replace(UNNAMED, remittance="R/2026/11/00012", counterparty_iban=""), "nothing-fits"),
        (replace(UNNAMED, remittance="AR/2026/11/0001", counterparty_iban=""), "nothing-fits"),
        # Money in is never the payment of money out, nor the other way round.
        (RETURN, "nothing-fits"),
        (replace(ENTRY, returned=True), "nothing-fits"),
    ],
)
def test_left_for_a_person(entry, reason):
    assert match(entry, [PAYMENT]) == Match(None, reason=reason)


def test_two_that_fit_are_left_for_a_person():
    twin = replace(PAYMENT, payment_id=2, end_to_end_id="R-2026-11-0002-1", statement_number="R/2026/11/0002")
    assert match(BY_ACCOUNT, [PAYMENT, twin]) == Match(None, reason="several-fit")
    assert match(UNNAMED, [PAYMENT, twin]) == Match(1, "title")


def test_a_number_is_not_the_beginning_of_a_longer_one():
    longer = replace(UNNAMED, remittance="Raport R/2026/11/0001|2")
    assert match(longer, [PAYMENT, TWELFTH]) == Match(12, "title")


@pytest.mark.parametrize(
    ("entry", "how"),
    [
        (RETURN, "end-to-end"),
        (replace(RETURN, returned=False), "end-to-end"),
        (replace(RETURN, end_to_end_id=""), "title"),
        (replace(RETURN, end_to_end_id="", remittance=""), "account"),
    ],
)
def test_a_return_is_found_among_booked_payments(entry, how):
    assert match(entry, [BOOKED]) == Match(1, how)


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,  # the bank took it already: a second debit is not ours
        replace(RETURN, returned=False, end_to_end_id=""),  # somebody else's money coming in
        replace(RETURN, end_to_end_id="", remittance="", booked_on=date(2027, 1, 23)),
    ],
)
def test_what_is_no_return_is_left_alone(entry):
    assert match(entry, [BOOKED]) == Match(None, reason="nothing-fits")


def test_payment_numbers_fit_the_bank():
    number = matching.payment_number(statement_number="R/2026/11/999999999", attempt=99)
    assert number == "R-2026-11-999999999-99"
    assert len(number) <= 35
