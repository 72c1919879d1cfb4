"""The bank's word on payment files: what it pays, returns and leaves unclear, to the grosz."""

import pytest
from lxml import etree
from tests.settlement import camt
from tests.settlement import world as settlement_world
from tests.settlement.payments import (
    AT,
    EXECUTION,
    TODAY,
    approve,
    balance,
    bank_says,
    confirmed,
    file_of,
    prepare,
    status,
)

from ols.accounts import models as accounts
from ols.kernel.actor import NotPermitted
from ols.ledger import selectors as ledger
from ols.notifications import models as notifications
from ols.settlement import models, selectors, services
from ols.settlement.formats import pain001


def test_from_two_reports_to_money_in_both_clinics_accounts(world, bank):
    other = settlement_world.make_stranger(world)
    mine = confirmed(world, 16000, 12892, 15000)
    theirs = confirmed(world, 5107, contract=other, who="stranger")
    batch = prepare(world, mine, theirs)
    approve(world, batch)
    assert (balance(world, "clearing"), balance(world, "bank")) == (48999, 0)

    xml = file_of(world, batch)
    bank.pay(xml)
    imported = [bank_says(world, content) for content in bank.statements()]

    assert pain001.validate(xml) == []
    assert etree.fromstring(xml).findtext(".//{*}CtrlSum") == "489.99"
    assert len(imported) == 1
    row, entries = selectors.bank_statement(world.actor("preparer"), uuid=imported[0][0])
    assert (row.entry_count, row.open_count, row.opening_gr - row.closing_gr) == (2, 0, 48999)
    assert {(entry.matched_by, entry.report_number) for entry in entries} == {
        ("end-to-end", "R/2026/11/0001"),
        ("end-to-end", "R/2026/11/0002"),
    }
    paid = selectors.statement(world.actor("accountant"), uuid=mine, today=TODAY)
    assert (paid.row.status, paid.row.paid_on) == ("paid", EXECUTION)
    assert selectors.batch(world.actor("preparer"), uuid=batch).row.status == "settled"
    balances = ledger.balances(prefix=f"insurer:{world.insurer.pk}:")
    assert {code.split(":", 2)[2]: amount for code, amount in balances.items() if amount} == {
        "benefit-expense": -48999,
        "bank": 48999,
    }
    check = selectors.ledger_check(world.actor("preparer"))
    assert (check.is_right, check.total_gr) == (True, 0)


def test_the_clinic_is_told_that_it_is_paid(world, bank):
    batch = prepare(world, confirmed(world, 100))
    approve(world, batch)
    bank.pay(file_of(world, batch))
    bank_says(world, bank.statements()[0])

    mails = notifications.OutboxMessage.objects.filter(payload__template="statement_paid")
    assert [mail.payload["to"] for mail in mails] == ["accountant@example.org"]
    assert mails[0].payload["context"]["paid"] == "23.11.2026"


def test_a_returned_transfer_is_owed_again_and_may_be_ordered_again(world, bank):
    bank.ask("PATCH", "/_mock/accounts/TU", {"behaviour": "return-later", "parameters": {"days": 2}})
    uuid = confirmed(world, 48999)
    batch = prepare(world, uuid)
    approve(world, batch)
    bank.pay(file_of(world, batch))

    for content in bank.statements():
        bank_says(world, content)

    assert status(uuid) == "returned"
    assert (balance(world, "clearing"), balance(world, "bank")) == (0, 0)
    assert balance(world, f"provider:{world.clinic.pk}:payable") == 48999
    assert selectors.ledger_check(world.actor("preparer")).is_right
    told = notifications.OutboxMessage.objects.filter(payload__template="statement_returned")
    assert sorted(mail.payload["to"] for mail in told) == [
        "accountant@example.org",
        "both@example.org",
        "preparer@example.org",
    ]
    (due,) = selectors.due_statements(world.actor("preparer"), today=TODAY)
    assert (due.uuid, due.was_returned) == (uuid, True)
    second = prepare(world, uuid)
    approve(world, second)
    (payment,) = selectors.batch(world.actor("preparer"), uuid=second).payments
    assert payment.end_to_end_id == "R-2026-11-0001-2"
    assert status(uuid) == "ordered"


def test_the_same_file_twice_pays_once(world, bank):
    batch = prepare(world, confirmed(world, 100))
    approve(world, batch)
    bank.pay(file_of(world, batch))
    content = bank.statements()[0]
    bank_says(world, content)

    with pytest.raises(services.AlreadyImported):
        bank_says(world, content)
    with pytest.raises(services.AlreadyImported):
        bank_says(world, content + b"\n")  # other bytes, the same statement

    assert models.BankStatement.objects.count() == 1
    assert balance(world, "bank") == 100


def test_a_movement_named_by_its_title_alone_pays_once_even_under_another_statement(world):
    """A bank may name a statement anew at each download; the title fits the report's next transfer, too."""
    uuid = confirmed(world, 100)
    approve(world, prepare(world, uuid))
    paid = camt.movement(-100, day="2026-11-23", reference="BK-1", title="Raport R/2026/11/0001")
    back = camt.movement(
        100, day="2026-11-24", reference="BK-2", title="Zwrot: Raport R/2026/11/0001", is_return=True
    )
    bank_says(world, camt.statement("1", paid, opening_gr=1000))
    bank_says(world, camt.statement("2", back, opening_gr=900))
    assert status(uuid) == "returned"
    approve(world, prepare(world, uuid))

    bank_says(world, camt.statement("1 (2)", paid, opening_gr=1000))

    assert (status(uuid), balance(world, "clearing"), balance(world, "bank")) == ("ordered", 100, 0)
    (entry,) = selectors.open_entries(world.actor("preparer"))
    assert entry.reason == "nothing-fits"
    again = camt.movement(-100, day="2026-11-25", reference="BK-3", title="Raport R/2026/11/0001")
    bank_says(world, camt.statement("3", again, opening_gr=1000))
    assert status(uuid) == "paid"


def test_a_transfer_ordered_before_the_account_changed_is_still_confirmed(world):
    uuid = confirmed(world, 100)
    approve(world, prepare(world, uuid))
    accounts.Organization.objects.filter(pk=world.insurer.pk).update(iban=settlement_world.OTHER_IBAN)
    paid = camt.movement(-100, day="2026-11-23", reference="BK-1", title="Raport R/2026/11/0001")

    bank_says(world, camt.statement("1", paid, opening_gr=1000))

    assert status(uuid) == "paid"
    with pytest.raises(services.ForeignAccount):
        bank_says(world, camt.statement("2", opening_gr=1000, iban=settlement_world.CLINIC_IBAN))


def test_a_statement_of_another_account_changes_nothing(world, bank):
    batch = prepare(world, confirmed(world, 100))
    approve(world, batch)
    bank.pay(file_of(world, batch))
    content = bank.statements()[0].replace(
        settlement_world.INSURER_IBAN.encode(), settlement_world.OTHER_IBAN.encode(), 1
    )

    with pytest.raises(services.ForeignAccount):
        bank_says(world, content)

    assert models.BankStatement.objects.count() == 0


def test_an_unclear_entry_waits_for_a_person(world, bank):
    uuid = confirmed(world, 100)
    batch = prepare(world, uuid)
    approve(world, batch)
    bank.pay(file_of(world, batch))
    (content,) = bank.statements()
    strange = content.replace(b"R-2026-11-0001-1", b"ABC").replace(b"Raport R/2026/11/0001", b"Zakupy")
    preparer = world.actor("preparer")

    bank_says(world, strange)

    assert status(uuid) == "ordered"
    (entry,) = selectors.open_entries(preparer)
    assert (entry.reason, entry.amount_gr) == ("nothing-fits", -100)
    (candidate,) = entry.candidates
    services.match_entry(
        actor=preparer,
        statement_uuid=entry.statement_uuid,
        position=entry.position,
        payment_uuid=candidate.payment_uuid,
        at=AT,
    )
    assert (status(uuid), balance(world, "bank")) == ("paid", 100)
    assert selectors.open_entries(preparer) == []
    with pytest.raises(services.EntryTaken):
        services.set_entry_aside(
            actor=preparer, statement_uuid=entry.statement_uuid, position=entry.position, at=AT
        )
    with pytest.raises(NotPermitted):
        services.set_entry_aside(
            actor=world.actor("approver"), statement_uuid=entry.statement_uuid, position=1, at=AT
        )


def test_an_entry_of_another_amount_never_pays(world, bank):
    uuid = confirmed(world, 100)
    batch = prepare(world, uuid)
    approve(world, batch)
    bank.pay(file_of(world, batch))
    (content,) = bank.statements()
    bank_says(world, content.replace(b">1.00<", b">2.00<").replace(b"999999.00", b"999998.00"))

    (entry,) = selectors.open_entries(world.actor("preparer"))
    assert (entry.reason, entry.amount_gr, entry.candidates) == ("amount-differs", -200, ())
    payment = models.Payment.objects.get()
    with pytest.raises(services.PaymentDoesNotFit):
        services.match_entry(
            actor=world.actor("preparer"),
            statement_uuid=entry.statement_uuid,
            position=entry.position,
            payment_uuid=payment.uuid,
            at=AT,
        )
    assert status(uuid) == "ordered"
    services.set_entry_aside(
        actor=world.actor("preparer"), statement_uuid=entry.statement_uuid, position=entry.position, at=AT
    )
    assert selectors.open_entries(world.actor("preparer")) == []


def test_the_ledger_check_names_a_planted_difference(world):
    confirmed(world, 100)
    assert selectors.ledger_check(world.actor("preparer")).is_right

    models.SettlementStatement.objects.update(total_gr=99)

    check = selectors.ledger_check(world.actor("preparer"))
    wrong = {row.stage: (row.book_gr, row.expected_gr) for row in check.rows if not row.agrees}
    assert wrong["payable"] == (100, 99)
    assert not check.is_right
