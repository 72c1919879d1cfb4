"""From unsettled claims to a confirmed report with its accounting document."""

from datetime import UTC, date, datetime

import pytest
from lxml import etree
from tests import factories
from tests.settlement import world as settlement_world

from ols.claims import services as claims
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.ledger import selectors as ledger
from ols.notifications import models as notifications
from ols.settlement import models, selectors, services
from ols.settlement.formats import fa3
from ols.workflow.machine import TransitionRefused

AT = settlement_world.AT
TODAY = date(2026, 11, 20)
NOVEMBER = {"period_from": date(2026, 11, 1), "period_to": date(2026, 11, 30)}


def generate(world, *, who="accountant", **changes):
    return services.generate_statement(
        actor=world.actor(who), insurer_uuid=world.insurer.uuid, **{**NOVEMBER, "at": AT, **changes}
    )


def confirm(world, uuid, *, who="accountant", at=AT):
    services.confirm_statement(actor=world.actor(who), uuid=uuid, at=at)


def detail(world, uuid, *, who="accountant"):
    return selectors.statement(world.actor(who), uuid=uuid, today=TODAY)


def accounts_of(world):
    prefix = f"insurer:{world.insurer.pk}:"
    balances = ledger.balances(prefix=prefix)
    return {code.removeprefix(prefix): amount for code, amount in balances.items()}


def test_three_claims_make_the_report_and_the_invoice_to_the_grosz(world):
    for amount in (16000, 12892, 15000):
        factories.claim(contract=world.contract, insurer_gr=amount)

    uuid = generate(world)
    confirm(world, uuid)

    found = detail(world, uuid)
    assert (found.row.number, found.row.status) == ("R/2026/11/0001", "confirmed")
    assert (found.row.claim_count, found.row.total_gr) == (3, 43892)
    assert found.row.due_on == date(2026, 11, 25)
    assert found.document_number == "OLS/2026/11/0001"
    opened = services.open_accounting_document(
        actor=world.actor("accountant"), statement_uuid=uuid, kind="xml", at=AT
    )
    assert fa3.validate(opened.content) == []
    invoice = etree.fromstring(opened.content)
    assert invoice.findtext(".//{*}P_15") == "438.92"
    assert invoice.findtext(".//{*}P_7") == "Usługi medyczne wg raportu R/2026/11/0001"
    assert invoice.findtext(".//{*}NrRB") == settlement_world.CLINIC_IBAN.removeprefix("PL")
    pdf = services.open_accounting_document(
        actor=world.actor("preparer"), statement_uuid=uuid, kind="pdf", at=AT
    )
    assert pdf.content.startswith(b"%PDF-")
    clinic = f"provider:{world.clinic.pk}"
    assert accounts_of(world) == {
        "benefit-expense": -43892,
        f"{clinic}:decided": 0,
        f"{clinic}:payable": 43892,
    }


def test_the_insurer_is_told(world):
    factories.claim(contract=world.contract, insurer_gr=16000)
    confirm(world, generate(world))

    mails = notifications.OutboxMessage.objects.order_by("id").values_list("payload", flat=True)
    assert [mail["to"] for mail in mails] == ["both@example.org", "preparer@example.org"]
    assert mails[0]["template"] == "statement_confirmed"
    assert mails[0]["context"]["due"] == "25.11.2026"
    assert mails[0]["context"]["amount"] == "160,00\u00a0zł"


@pytest.mark.parametrize(
    ("local_day", "due_on"),
    [
        (date(2026, 11, 20), date(2026, 11, 25)),
        (date(2026, 11, 10), date(2026, 11, 16)),
        (date(2026, 12, 23), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 1, 7)),
    ],
)
def test_due_in_three_working_days(world, local_day, due_on):
    factories.claim(contract=world.contract, insurer_gr=100)
    at = datetime(local_day.year, local_day.month, local_day.day, 12, tzinfo=UTC)

    uuid = generate(world, at=at)
    confirm(world, uuid, at=at)

    assert detail(world, uuid).row.due_on == due_on


def test_only_confirmed_unsettled_claims_of_the_period_with_something_to_pay(world):
    wanted = factories.claim(contract=world.contract, insurer_gr=100)
    factories.claim(contract=world.contract, insurer_gr=200, status="authorized")
    factories.claim(contract=world.contract, insurer_gr=0, patient_gr=300)
    factories.claim(contract=world.contract, insurer_gr=400, service_date=date(2026, 10, 31))
    other = settlement_world.make_stranger(world)
    factories.claim(contract=other, insurer_gr=500)

    uuid = generate(world)

    lines = selectors.statement_lines(world.actor("accountant"), uuid=uuid)
    assert [(line.number, line.amount_gr, line.service_codes) for line in lines] == [
        (wanted.number, 100, "CONS-001")
    ]


def test_a_claim_is_on_one_report_only(world):
    factories.claim(contract=world.contract, insurer_gr=100)
    generate(world)

    with pytest.raises(services.NothingToSettle):
        generate(world)
    assert models.SettlementStatement.objects.count() == 1


def test_a_discarded_report_gives_its_claims_back(world):
    factories.claim(contract=world.contract, insurer_gr=100)
    first = generate(world)

    services.discard_statement(actor=world.actor("accountant"), uuid=first, at=AT)
    second = generate(world)

    assert detail(world, first).row.status == "discarded"
    assert (detail(world, second).row.number, detail(world, second).row.total_gr) == ("R/2026/11/0002", 100)
    with pytest.raises(TransitionRefused):
        confirm(world, first)


def test_reversed_after_its_report_it_is_taken_back_on_the_next_one(world):
    paid = factories.claim(contract=world.contract, insurer_gr=100)
    confirm(world, generate(world))
    factories.reverse(paid)
    with pytest.raises(services.CorrectionsExceedClaims) as refused:
        generate(world)
    assert refused.value.amount_gr == -100
    factories.claim(contract=world.contract, insurer_gr=250)

    second = generate(world)
    confirm(world, second)

    lines = selectors.statement_lines(world.actor("accountant"), uuid=second)
    assert [(line.amount_gr, line.is_correction) for line in lines] == [(250, False), (-100, True)]
    assert detail(world, second).row.total_gr == 150
    clinic = f"provider:{world.clinic.pk}"
    assert accounts_of(world) == {
        "benefit-expense": -250,
        f"{clinic}:decided": 0,
        f"{clinic}:payable": 250,
    }
    with pytest.raises(services.NothingToSettle):
        generate(world)


def test_the_claims_part_and_this_one_keep_one_book(world):
    claim = factories.claim(contract=world.contract, insurer_gr=100)
    factories.claim(contract=world.contract, insurer_gr=250)
    confirm(world, generate(world))

    claims.reverse_claim(
        actor=world.actor("receptionist"), claim_uuid=claim.uuid, remark="Pomyłka (demo)", at=AT
    )

    check = selectors.ledger_check(world.actor("preparer"))
    assert {row.stage: row.book_gr for row in check.rows}["decided"] == -100
    assert check.is_right
    factories.claim(contract=world.contract, insurer_gr=300)
    confirm(world, generate(world))
    check = selectors.ledger_check(world.actor("preparer"))
    assert {row.stage: row.book_gr for row in check.rows}["decided"] == 0
    assert check.is_right


def test_a_claim_reversed_before_confirmation_stops_the_report(world):
    claim = factories.claim(contract=world.contract, insurer_gr=100)
    factories.claim(contract=world.contract, insurer_gr=50)
    uuid = generate(world)
    factories.reverse(claim)

    with pytest.raises(services.StatementOutdated) as refused:
        confirm(world, uuid)

    assert refused.value.numbers == [claim.number]
    assert detail(world, uuid).row.status == "generated"
    assert models.AccountingDocument.objects.count() == 0


def test_lines_that_do_not_make_the_total_are_refused_with_the_difference(world):
    factories.claim(contract=world.contract, insurer_gr=43892)
    uuid = generate(world)
    models.StatementLine.objects.update(amount_gr=43893)

    with pytest.raises(services.TotalsDiffer) as refused:
        confirm(world, uuid)

    assert refused.value.difference_gr == 1
    assert detail(world, uuid).row.status == "generated"


def test_an_invoice_for_another_amount_is_refused_with_the_difference(world, monkeypatch):
    factories.claim(contract=world.contract, insurer_gr=43892)
    uuid = generate(world)
    render = fa3.render
    monkeypatch.setattr(fa3, "render", lambda invoice: render(invoice).replace(b"438.92", b"438.91"))

    with pytest.raises(services.DocumentRefused) as refused:
        confirm(world, uuid)

    assert (refused.value.code, refused.value.params["difference"]) == ("TOTAL", "-0.01")
    assert detail(world, uuid).row.status == "generated"
    assert accounts_of(world)[f"provider:{world.clinic.pk}:decided"] == 43892


def test_a_refused_document_leaves_no_gap_in_the_series(world):
    factories.claim(contract=world.contract, insurer_gr=100)
    uuid = generate(world)
    world.clinic.street = ""
    world.clinic.save()
    with pytest.raises(fa3.InvoiceRefused):
        confirm(world, uuid)
    assert models.NumberSeries.objects.filter(prefix="OLS").count() == 0

    world.clinic.street = "ul. Łąkowa 1"
    world.clinic.save()
    confirm(world, uuid)

    assert detail(world, uuid).document_number == "OLS/2026/11/0001"


def test_confirming_twice_books_once(world):
    factories.claim(contract=world.contract, insurer_gr=100)
    uuid = generate(world)
    confirm(world, uuid)

    with pytest.raises(TransitionRefused):
        confirm(world, uuid)

    assert accounts_of(world)[f"provider:{world.clinic.pk}:payable"] == 100


def test_only_its_own_accountant_may(world):
    factories.claim(contract=world.contract, insurer_gr=100)
    settlement_world.make_stranger(world)
    uuid = generate(world)

    with pytest.raises(NotPermitted):
        generate(world, who="receptionist")
    with pytest.raises(NotPermitted):
        confirm(world, uuid, who="receptionist")
    for who in ("stranger", "preparer", "rival"):
        with pytest.raises(NotFound):
            detail(world, uuid, who=who)
    with pytest.raises(NotFound):
        confirm(world, uuid, who="stranger")
    with pytest.raises(services.PeriodRefused):
        generate(world, period_from=date(2026, 12, 1))
    confirm(world, uuid)
    assert detail(world, uuid, who="preparer").row.number == "R/2026/11/0001"
    with pytest.raises(NotFound):
        services.open_accounting_document(
            actor=world.actor("stranger"), statement_uuid=uuid, kind="pdf", at=AT
        )


def test_the_history_says_who_and_when(world):
    factories.claim(contract=world.contract, insurer_gr=100)
    uuid = generate(world)
    confirm(world, uuid)

    history = detail(world, uuid).history
    assert [(row.event, row.actor_name) for row in history] == [
        ("statement.generate", "Accountant (demo)"),
        ("statement.confirm", "Accountant (demo)"),
    ]
