"""Nothing is reported, ordered or booked twice, whoever clicks at the same moment.

Every checker counts money, and is shown to see a planted fault in the same run.
"""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count, Sum
from tests import factories
from tests.settlement import camt, mock_bank
from tests.settlement import world as settlement_world
from tests.together import many_at_once

from ols.documents import selectors as documents
from ols.ledger import selectors as ledger
from ols.ledger import services as book
from ols.settlement import models, selectors, services
from ols.settlement.services import batch as batches
from ols.settlement.services import generate, reconcile
from ols.workflow.machine import TransitionRefused

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

AT = settlement_world.AT
AMOUNT = 10_000


@pytest.fixture
def world(transactional_db):
    return settlement_world.make()


def report(world):
    return services.generate_statement(
        actor=world.actor("accountant"),
        insurer_uuid=world.insurer.uuid,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        at=AT,
    )


def reported_gr() -> int:
    """Return what all kept reports ask for."""
    kept = models.SettlementStatement.objects.exclude(status="discarded")
    return kept.aggregate(total=Sum("total_gr"))["total"] or 0


def claims_reported_twice() -> int:
    lines = models.StatementLine.objects.filter(is_correction=False).values("claim_id")
    return lines.annotate(count=Count("id")).filter(count__gt=1).count()


def balance(world, purpose: str) -> int:
    return ledger.balance(code=f"insurer:{world.insurer.pk}:{purpose}")


def confirmed(world):
    factories.claim(contract=world.contract, insurer_gr=AMOUNT)
    uuid = report(world)
    services.confirm_statement(actor=world.actor("accountant"), uuid=uuid, at=AT)
    return uuid


def prepare(world, uuid):
    return services.prepare_batch(
        actor=world.actor("preparer"), statement_uuids=[uuid], execution_on=date(2026, 11, 23), at=AT
    )


def test_eight_reports_at_once_report_each_claim_once(world):
    for _ in range(5):
        factories.claim(contract=world.contract, insurer_gr=AMOUNT)

    results = many_at_once(8, lambda _: report(world))

    assert sum(isinstance(result, services.NothingToSettle) for result in results) == 7
    assert (reported_gr(), claims_reported_twice()) == (5 * AMOUNT, 0)


def test_negative_control_without_lock_and_constraint_claims_are_reported_twice(world, monkeypatch):
    """The checkers of the test above see the fault; with the constraint alone the database refuses it."""
    factories.claim(contract=world.contract, insurer_gr=AMOUNT)
    together = threading.Barrier(4)
    take_number = generate.numbers.next_number

    def late(**arguments):
        together.wait(timeout=20)
        return take_number(**arguments)

    monkeypatch.setattr(generate, "lock_reports", lambda **_: None)
    monkeypatch.setattr(generate.numbers, "next_number", late)
    guarded = many_at_once(4, lambda _: report(world))
    assert sorted(type(result).__name__ for result in guarded)[:3] == ["IntegrityError"] * 3
    assert claims_reported_twice() == 0

    models.StatementLine.objects.all().delete()
    models.SettlementStatement.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE settlement_line DROP CONSTRAINT settlement_line_once")
    try:
        many_at_once(4, lambda _: report(world))
        assert (reported_gr(), claims_reported_twice()) == (4 * AMOUNT, 1)
    finally:
        models.StatementLine.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE settlement_line ADD CONSTRAINT settlement_line_once"
                " UNIQUE (claim_id, is_correction)"
            )


def test_eight_confirmations_at_once_book_once(world):
    factories.claim(contract=world.contract, insurer_gr=AMOUNT)
    uuid = report(world)

    results = many_at_once(
        8,
        lambda _: services.confirm_statement(actor=world.actor("accountant"), uuid=uuid, at=AT),
    )

    assert sum(isinstance(result, TransitionRefused) for result in results) == 7
    assert models.AccountingDocument.objects.count() == 1
    assert balance(world, f"provider:{world.clinic.pk}:payable") == AMOUNT


def test_the_series_of_documents_has_no_gap_and_no_double(world):
    uuids = []
    for day in range(1, 7):
        factories.claim(contract=world.contract, insurer_gr=AMOUNT, service_date=date(2026, 11, day))
        uuids.append(report(world))

    many_at_once(
        6,
        lambda number: services.confirm_statement(actor=world.actor("accountant"), uuid=uuids[number], at=AT),
    )

    numbers = models.AccountingDocument.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"OLS/2026/11/{number:04d}" for number in range(1, 7)]


def test_six_people_put_a_report_in_one_file(world):
    uuid = confirmed(world)

    results = many_at_once(6, lambda _: prepare(world, uuid))

    assert sum(isinstance(result, services.StatementNotPayable) for result in results) == 5
    assert models.Payment.objects.filter(cancelled_at=None).aggregate(total=Sum("amount_gr")) == {
        "total": AMOUNT
    }


def test_negative_control_without_lock_only_the_constraint_stops_a_second_transfer(world, monkeypatch):
    uuid = confirmed(world)
    statement = models.SettlementStatement.objects.get(uuid=uuid)
    monkeypatch.setattr(batches, "_locked_payable", lambda *_: [statement])
    # Each thread gives its transfer its own number, as a naive retry would.
    numbers = iter(range(1, 9))
    monkeypatch.setattr(batches.matching, "payment_number", lambda **_: f"R-2026-11-0001-{next(numbers)}")

    guarded = many_at_once(2, lambda _: prepare(world, uuid))
    assert sorted(type(result).__name__ for result in guarded) == ["IntegrityError", "UUID"]

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX settlement_payment_one_alive")
    try:
        many_at_once(2, lambda _: prepare(world, uuid))
        assert models.Payment.objects.aggregate(total=Sum("amount_gr"))["total"] == 3 * AMOUNT
    finally:
        models.Payment.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE UNIQUE INDEX settlement_payment_one_alive ON settlement_payment (statement_id)"
                " WHERE cancelled_at IS NULL AND returned_on IS NULL"
            )


def test_approval_and_cancellation_at_once_do_one_of_both(world):
    uuid = confirmed(world)
    batch = prepare(world, uuid)

    def act(number: int) -> None:
        if number % 2:
            services.approve_batch(actor=world.actor("approver"), uuid=batch, at=AT)
        else:
            services.cancel_batch(actor=world.actor("preparer"), uuid=batch, at=AT)

    results = many_at_once(6, act)

    assert sum(isinstance(result, TransitionRefused) for result in results) == 5
    status = models.PaymentBatch.objects.get().status
    assert balance(world, "clearing") == (AMOUNT if status == "approved" else 0)


def test_the_same_statement_from_four_people_books_once(world):
    uuid = confirmed(world)
    batch = prepare(world, uuid)
    services.approve_batch(actor=world.actor("approver"), uuid=batch, at=AT)
    actor = world.actor("preparer")
    file = documents.open_document(actor=actor, uuid=str(selectors.batch_file(actor, uuid=batch)))
    with mock_bank.opened(
        iban=settlement_world.INSURER_IBAN, name="TU Przykladowe", now="2026-11-20T09:00"
    ) as bank:
        bank.pay(file.content)
        (content,) = bank.statements()

    results = many_at_once(
        4,
        lambda _: services.import_bank_statement(
            actor=actor, content=content, file_name="wyciag.xml", at=AT + timedelta(days=7)
        ),
    )

    assert sum(isinstance(result, services.AlreadyImported) for result in results) == 3
    assert (balance(world, "clearing"), balance(world, "bank")) == (0, AMOUNT)
    assert selectors.ledger_check(actor).is_right


@pytest.mark.parametrize("is_planted", [False, True])
def test_the_last_two_payments_of_a_file_matched_at_once_settle_it(world, monkeypatch, is_planted):
    """Each of two people sees the other's payment as still open: one of them has to look last."""
    other = settlement_world.make_stranger(world)
    first = confirmed(world)
    factories.claim(contract=other, insurer_gr=AMOUNT)
    second = services.generate_statement(
        actor=world.actor("stranger"),
        insurer_uuid=world.insurer.uuid,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        at=AT,
    )
    services.confirm_statement(actor=world.actor("stranger"), uuid=second, at=AT)
    actor = world.actor("preparer")
    batch = services.prepare_batch(
        actor=actor, statement_uuids=[first, second], execution_on=date(2026, 11, 23), at=AT
    )
    services.approve_batch(actor=world.actor("approver"), uuid=batch, at=AT)
    strange = [camt.movement(-AMOUNT, day="2026-11-23", reference=f"BK-{n}", title="?") for n in (1, 2)]
    (statement,) = services.import_bank_statement(
        actor=actor, content=camt.statement("1", *strange, opening_gr=AMOUNT * 2), file_name="x.xml", at=AT
    )
    payments = list(models.Payment.objects.order_by("pk").values_list("uuid", flat=True))
    with transaction.atomic():  # as the contract does; else the second would wait for the first one's account
        book.open_accounts([book.insurer_account(insurer_id=world.insurer.pk, purpose="bank")])
    together = threading.Barrier(2)
    tell = reconcile.mail.statement_paid

    def late(**arguments):
        tell(**arguments)
        together.wait(timeout=20)

    monkeypatch.setattr(reconcile.mail, "statement_paid", late)
    if is_planted:
        monkeypatch.setattr(reconcile, "_lock_batch", lambda _batch: None)

    many_at_once(
        2,
        lambda number: services.match_entry(
            actor=actor,
            statement_uuid=statement,
            position=number + 1,
            payment_uuid=payments[number],
            at=AT,
        ),
    )

    assert balance(world, "bank") == 2 * AMOUNT
    assert models.PaymentBatch.objects.get().status == ("approved" if is_planted else "settled")
