"""Payments and bank statements in the insurer's browser."""

import re
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import factories
from tests.settlement import mock_bank
from tests.settlement import world as settlement_world
from tests.web import settlement_pages

from ols.settlement import models, selectors, services

NOW = "2026-11-20T09:30:00Z"
PAYMENTS = "insurer:payment-list"
STATEMENTS = "insurer:bankstatement-list"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(db):
    return settlement_world.make()


@pytest.fixture
def report(world):
    factories.claim(contract=world.contract, insurer_gr=43892)
    actor = world.actor("accountant")
    uuid = services.generate_statement(
        actor=actor,
        insurer_uuid=world.insurer.uuid,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        at=settlement_world.AT,
    )
    services.confirm_statement(actor=actor, uuid=uuid, at=settlement_world.AT)
    return uuid


@pytest.fixture
def batch(world, report):
    return services.prepare_batch(
        actor=world.actor("preparer"),
        statement_uuids=[report],
        execution_on=date(2026, 11, 23),
        at=settlement_world.AT,
    )


def approve(world, batch):
    services.approve_batch(actor=world.actor("approver"), uuid=batch, at=settlement_world.AT)


def bank_file(world, batch) -> bytes:
    content = world.client("preparer").get(reverse("insurer:payment-file", args=[batch])).content
    with mock_bank.opened(
        iban=settlement_world.INSURER_IBAN, name="TU Przykladowe", now="2026-11-20T09:00"
    ) as bank:
        bank.pay(content)
        (statement,) = bank.statements()
    return statement


def strange(world, batch) -> bytes:
    """Return a statement whose only entry names a payment that does not exist."""
    return bank_file(world, batch).replace(b"R-2026-11-0001-1", b"R-2026-11-0009-1")


def upload(client, content, name="wyciag.xml"):
    return client.post(reverse(STATEMENTS), {"file": SimpleUploadedFile(name, content)})


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def test_from_due_report_to_paid(world, report):
    preparer, approver = world.client("preparer"), world.client("approver")
    due = text(preparer.get(reverse(PAYMENTS)))
    assert "R/2026/11/0001" in due
    assert "438,92 zł" in due
    assert 'value="20.11.2026"' in due

    answer = preparer.post(reverse(PAYMENTS), {"statements": [str(report)], "execution_on": "23.11.2026"})
    batch = models.PaymentBatch.objects.get().uuid
    detail = reverse("insurer:payment-detail", args=[batch])
    assert (answer.status_code, answer.headers["Location"]) == (302, detail)
    approve_url = reverse("insurer:payment-approve", args=[batch])
    assert approve_url not in text(preparer.get(detail))
    assert approve_url in text(approver.get(detail))
    assert preparer.post(approve_url).status_code == 403

    assert approver.post(approve_url).headers["Location"] == detail
    file = approver.get(reverse("insurer:payment-file", args=[batch]))
    assert file.headers["Content-Disposition"] == 'attachment; filename="P-2026-11-0001.xml"'
    answer = upload(preparer, bank_file(world, batch))

    statement = models.BankStatement.objects.get().uuid
    assert answer.headers["Location"] == reverse("insurer:bankstatement-detail", args=[statement])
    assert "R/2026/11/0001" in text(preparer.get(answer.headers["Location"]))
    assert selectors.ledger_check(world.actor("preparer")).is_right
    assert models.SettlementStatement.objects.get().status == "paid"
    clinic = text(world.client("accountant").get(reverse("provider:settlement-detail", args=[report])))
    assert "23.11.2026" in clinic


def test_who_prepared_sees_why_there_is_no_button(world, report):
    both = world.client("both")
    both.post(reverse(PAYMENTS), {"statements": [str(report)], "execution_on": "23.11.2026"})
    batch = models.PaymentBatch.objects.get().uuid
    approve_url = reverse("insurer:payment-approve", args=[batch])

    assert approve_url not in text(both.get(reverse("insurer:payment-detail", args=[batch])))
    answer = both.post(approve_url, follow=True)

    assert answer.status_code == 200
    assert models.PaymentBatch.objects.get().status == "prepared"


@pytest.mark.parametrize(
    "changes",
    [{"statements": []}, {"execution_on": "22.11.2026"}, {"execution_on": "x"}, {"statements": ["nonsense"]}],
)
def test_a_wrong_choice_prepares_nothing(world, report, changes):
    data = {"statements": [str(report)], "execution_on": "23.11.2026", **changes}

    answer = world.client("preparer").post(reverse(PAYMENTS), data)

    assert answer.status_code == 422
    assert f'value="{data["execution_on"]}"' in text(answer)
    assert models.PaymentBatch.objects.count() == 0


def test_two_clicks_make_one_file(world, report):
    preparer = world.client("preparer")
    data = {"statements": [str(report)], "execution_on": "23.11.2026"}

    first, second = preparer.post(reverse(PAYMENTS), data), preparer.post(reverse(PAYMENTS), data)

    assert (first.status_code, second.status_code) == (302, 422)
    assert models.Payment.objects.count() == 1


def test_overdue_is_marked(world, report):
    with time_machine.travel("2026-11-27T09:30:00Z", tick=False):
        shown = text(world.client("approver").get(reverse(PAYMENTS)))
    assert "triangle-alert" in shown
    assert 'name="statements"' not in shown


def test_a_cancelled_file_frees_its_reports(world, report, batch):
    preparer = world.client("preparer")

    answer = preparer.post(reverse("insurer:payment-cancel", args=[batch]))

    assert answer.status_code == 302
    assert f'value="{report}"' in text(preparer.get(reverse(PAYMENTS)))
    assert preparer.get(reverse("insurer:payment-file", args=[batch])).status_code == 404


def test_the_same_statement_is_refused_in_words(world, batch):
    approve(world, batch)
    preparer, content = world.client("preparer"), bank_file(world, batch)
    assert upload(preparer, content).status_code == 302

    again = upload(preparer, content)

    assert again.status_code == 422
    assert models.BankStatement.objects.get().statement_id in text(again)
    assert models.BankStatement.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name"), [(b"<a/>", "a.xml"), (b"hello", "a.xml"), (b"", "a.xml"), (b"%PDF-", "a.pdf")]
)
def test_a_broken_file_is_refused(world, content, name):
    answer = upload(world.client("preparer"), content, name)

    assert answer.status_code == 422
    assert models.BankStatement.objects.count() == 0


def test_no_file_is_said(world):
    assert world.client("preparer").post(reverse(STATEMENTS)).status_code == 422


def test_an_open_entry_is_matched_by_hand(world, report, batch):
    approve(world, batch)
    unknown = re.sub(rb"R-2026-11-0001-1|Raport R/2026/11/0001", b"Q", bank_file(world, batch))
    preparer = world.client("preparer")
    answer = upload(preparer, unknown)
    statement = models.BankStatement.objects.get().uuid
    payment = models.Payment.objects.get().uuid
    assert str(payment) in text(preparer.get(answer.headers["Location"]))
    assert str(payment) in text(preparer.get(reverse(STATEMENTS)))
    match = reverse("insurer:bankstatement-match", args=[statement, 1])

    assert preparer.post(match, {"payment": "nonsense"}).status_code == 404
    assert preparer.post(match, {"payment": str(payment)}).status_code == 302
    assert preparer.post(match, {"payment": str(payment)}).status_code == 302

    assert models.BankEntry.objects.get().matched_by == "person"
    assert models.SettlementStatement.objects.get().status == "paid"


def test_an_open_entry_is_set_aside(world, batch):
    approve(world, batch)
    upload(
        world.client("preparer"), bank_file(world, batch).replace(b"R-2026-11-0001-1", b"R-2026-11-0009-1")
    )
    statement = models.BankStatement.objects.get().uuid

    answer = world.client("preparer").post(reverse("insurer:bankstatement-aside", args=[statement, 1]))

    assert answer.status_code == 302
    assert models.BankEntry.objects.get().matched_by == "set-aside"


def test_the_report_and_its_document(world, report):
    approver = world.client("approver")
    assert "OLS/2026/11/0001" in text(approver.get(reverse("insurer:settlement-detail", args=[report])))
    pdf = approver.get(reverse("insurer:settlement-invoice", args=[report, "pdf"]))
    assert pdf.content.startswith(b"%PDF-")


def test_the_ledger_check_shows_a_planted_difference(world, report):
    client = world.client("approver")
    assert "differs" not in text(client.get(reverse(PAYMENTS), headers={"Accept-Language": "en"}))
    models.SettlementStatement.objects.update(total_gr=1)
    assert "differs" in text(client.get(reverse(PAYMENTS), headers={"Accept-Language": "en"}))


@pytest.mark.parametrize(
    ("name", "verb", "unkeyed"),
    [
        ("payment-detail", "get", "handler"),
        ("payment-approve", "post", "preparer"),
        ("payment-cancel", "post", "approver"),
        ("payment-file", "get", "handler"),
    ],
)
def test_refusals_of_a_payment_file(world, batch, name, verb, unkeyed):
    settlement_world.make_stranger(world)
    settlement_pages.ask_refusals(
        world, name=f"insurer:{name}", args=(batch,), verb=verb, unkeyed=unkeyed, foreign="rival"
    )


@pytest.mark.parametrize(("name", "extra"), [("settlement-detail", ()), ("settlement-invoice", ("pdf",))])
def test_refusals_of_a_report(world, report, name, extra):
    settlement_world.make_stranger(world)
    settlement_pages.ask_refusals(
        world, name=f"insurer:{name}", args=(report, *extra), verb="get", unkeyed="handler", foreign="rival"
    )


@pytest.mark.parametrize(
    ("name", "extra", "verb", "unkeyed"),
    [
        ("bankstatement-detail", (), "get", "handler"),
        ("bankstatement-match", (1,), "post", "approver"),
        ("bankstatement-aside", (1,), "post", "approver"),
    ],
)
def test_refusals_of_a_bank_statement(world, batch, name, extra, verb, unkeyed):
    approve(world, batch)
    upload(
        world.client("preparer"), bank_file(world, batch).replace(b"R-2026-11-0001-1", b"R-2026-11-0009-1")
    )
    statement = models.BankStatement.objects.get().uuid
    settlement_world.make_stranger(world)
    settlement_pages.ask_refusals(
        world, name=f"insurer:{name}", args=(statement, *extra), verb=verb, unkeyed=unkeyed, foreign="rival"
    )


@pytest.mark.parametrize(
    ("name", "verb", "unkeyed"),
    [
        ("payment-list", "get", "handler"),
        ("payment-list", "post", "approver"),
        ("bankstatement-list", "get", "handler"),
        ("bankstatement-list", "post", "approver"),
    ],
)
def test_refusals_of_lists(world, report, name, verb, unkeyed):
    settlement_pages.ask_refusals(world, name=f"insurer:{name}", args=(), verb=verb, unkeyed=unkeyed)
