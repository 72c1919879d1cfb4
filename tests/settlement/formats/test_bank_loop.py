"""Our payment file through a bank and back: what was ordered is what the statement says, to the grosz."""

import random
from datetime import UTC, date, datetime

import pytest
from tests.settlement.formats.conftest import DEBTOR_IBAN, OPENING_GR

from ols.settlement.formats import camt053, pain001
from ols.settlement.formats.statement import Direction, StatementRefused

CLINIC_IBANS = ("PL27114020040000300201355387", "PL60102010260000042270201111")


def payment_file(rng: random.Random, number: int, count: int) -> pain001.PaymentFile:
    transfers = tuple(
        pain001.Transfer(
            end_to_end_id=f"OLS-P-{number}-{index:04d}",
            creditor=pain001.Account(name=f"Zakład Źrebięcy {index} (demo)", iban=rng.choice(CLINIC_IBANS)),
            amount_gr=rng.choice((1, 99, 100, 101, rng.randrange(1, 2_000_000))),
            remittance=f"OLS/2026/11/{index:04d} raport R/2026/11/{index:04d}",
        )
        for index in range(1, count + 1)
    )
    return pain001.PaymentFile(
        message_id=f"OLS20261123{number:03d}",
        created_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        debtor=pain001.Account(name="Towarzystwo Przykładowe S.A. (demo)", iban=DEBTOR_IBAN),
        execution_day=date(2026, 11, 25),
        transfers=transfers,
    )


@pytest.mark.parametrize(("seed", "count"), [(1, 1), (2, 2), (3, 40)])
def test_ordered_and_booked_amounts_agree(bank, seed, count):
    ordered = payment_file(random.Random(seed), seed, count)
    answer = bank.ask("POST", "/payments", pain001.render(ordered))
    assert (answer["status"], answer["accepted"], answer["rejected"]) == ("ACCP", count, 0)
    bank.ask("POST", "/_mock/advance?days=4")
    files = bank.collect("camt.053")
    statements = [statement for data in files for statement in camt053.read_statements(data)]
    booked = {
        entry.end_to_end_id: (
            entry.amount_gr,
            entry.counterparty_iban,
            entry.counterparty_name,
            entry.booked_on,
        )
        for statement in statements
        for entry in statement.entries
    }
    assert booked == {
        transfer.end_to_end_id: (
            transfer.amount_gr,
            transfer.creditor.iban,
            transfer.creditor.name,
            date(2026, 11, 25),
        )
        for transfer in ordered.transfers
    }
    assert {statement.account_iban for statement in statements} == {DEBTOR_IBAN}
    assert statements[0].opening_gr == OPENING_GR
    assert statements[-1].closing_gr == OPENING_GR - ordered.total_gr


def test_a_returned_transfer_comes_back_as_a_marked_credit(bank):
    bank.ask("PATCH", "/_mock/accounts/TU", {"behaviour": "return-later", "parameters": {"days": 2}})
    ordered = payment_file(random.Random(4), 4, 1)
    bank.ask("POST", "/payments", pain001.render(ordered))
    bank.ask("POST", "/_mock/advance?days=10")
    entries = [
        entry
        for data in bank.collect("camt.053")
        for statement in camt053.read_statements(data)
        for entry in statement.entries
    ]
    amount_gr = ordered.transfers[0].amount_gr
    assert [(entry.direction, entry.amount_gr, entry.returned, entry.end_to_end_id) for entry in entries] == [
        (Direction.DEBIT, amount_gr, False, "OLS-P-4-0001"),
        (Direction.CREDIT, amount_gr, True, "OLS-P-4-0001"),
    ]


def test_a_statement_with_a_hole_is_refused(bank):
    """Negative control: the bank leaves one entry out on purpose."""
    bank.ask("PATCH", "/_mock/accounts/TU", {"behaviour": "statement-gap"})
    bank.ask("POST", "/payments", pain001.render(payment_file(random.Random(5), 5, 3)))
    bank.ask("POST", "/_mock/advance?days=4")
    codes = []
    for data in bank.collect("camt.053"):
        try:
            camt053.read_statements(data)
        except StatementRefused as refused:
            codes.append(refused.code)
    assert codes == ["BALANCE"]
