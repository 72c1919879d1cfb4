"""„Rozliczenia finansowe” in the clinic's browser."""

import io
import zipfile
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from tests import factories
from tests.settlement import world as settlement_world
from tests.web import settlement_pages

from ols.settlement import models, services

NOW = "2026-11-20T09:30:00Z"
LIST = "provider:settlement-list"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(db):
    return settlement_world.make()


@pytest.fixture
def browser(world):
    return world.client("accountant")


def generate(world):
    return services.generate_statement(
        actor=world.actor("accountant"),
        insurer_uuid=world.insurer.uuid,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        at=settlement_world.AT,
    )


def confirmed(world):
    uuid = generate(world)
    services.confirm_statement(actor=world.actor("accountant"), uuid=uuid, at=settlement_world.AT)
    return uuid


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def test_from_period_to_confirmed_report(world, browser):
    factories.claim(contract=world.contract, insurer_gr=16000, patient_gr=4000)
    factories.claim(contract=world.contract, insurer_gr=27892, service_date=date(2026, 11, 12))

    listed = text(browser.get(reverse(LIST)))
    assert "438,92 zł" in listed
    form = text(browser.get(reverse("provider:settlement-new")))
    assert 'value="10.11.2026"' in form
    assert 'value="12.11.2026"' in form
    answer = browser.post(
        reverse("provider:settlement-new"),
        {"insurer": str(world.insurer.uuid), "period_from": "1.11.2026", "period_to": "30.11.2026"},
    )
    uuid = models.SettlementStatement.objects.get().uuid
    detail = reverse("provider:settlement-detail", args=[uuid])
    assert (answer.status_code, answer.headers["Location"]) == (302, detail)
    shown = text(browser.get(detail))
    assert "R/2026/11/0001" in shown
    assert "438,92 zł" in shown
    assert reverse("provider:settlement-confirm", args=[uuid]) in shown

    answer = browser.post(reverse("provider:settlement-confirm", args=[uuid]))

    assert (answer.status_code, answer.headers["Location"]) == (302, detail)
    shown = text(browser.get(detail))
    assert "OLS/2026/11/0001" in shown
    assert "25.11.2026" in shown
    assert reverse("provider:settlement-confirm", args=[uuid]) not in shown


def test_a_wrong_period_keeps_what_was_typed(world, browser):
    factories.claim(contract=world.contract, insurer_gr=100)
    answer = browser.post(
        reverse("provider:settlement-new"),
        {"insurer": str(world.insurer.uuid), "period_from": "30.11.2026", "period_to": "1.11.2026"},
    )
    assert answer.status_code == 422
    assert 'value="30.11.2026"' in text(answer)
    empty = {"insurer": str(world.insurer.uuid), "period_from": "1.1.2026", "period_to": "2.1.2026"}
    assert browser.post(reverse("provider:settlement-new"), empty).status_code == 422
    assert models.SettlementStatement.objects.count() == 0


def test_nothing_yet(browser):
    assert browser.get(reverse(LIST)).status_code == 200
    assert browser.get(reverse("provider:settlement-new")).status_code == 200


def test_confirming_twice_by_double_click(world, browser):
    factories.claim(contract=world.contract, insurer_gr=100)
    uuid = generate(world)
    confirm = reverse("provider:settlement-confirm", args=[uuid])

    first, second = browser.post(confirm), browser.post(confirm)

    assert (first.status_code, second.status_code) == (302, 302)
    assert models.AccountingDocument.objects.count() == 1


def test_a_refused_document_says_why(world, browser):
    factories.claim(contract=world.contract, insurer_gr=100)
    uuid = generate(world)
    world.clinic.street = ""
    world.clinic.save()

    answer = browser.post(reverse("provider:settlement-confirm", args=[uuid]), follow=True)

    assert answer.status_code == 200
    assert models.SettlementStatement.objects.get().status == "generated"
    assert models.AccountingDocument.objects.count() == 0


def test_discarded_it_gives_the_claims_back(world, browser):
    factories.claim(contract=world.contract, insurer_gr=12345)
    uuid = generate(world)

    answer = browser.post(reverse("provider:settlement-discard", args=[uuid]), follow=True)

    assert answer.redirect_chain == [(reverse(LIST), 302)]
    assert "123,45 zł" in text(answer)
    again = browser.post(reverse("provider:settlement-discard", args=[uuid]))
    assert again.status_code == 302
    assert models.SettlementStatement.objects.get().status == "discarded"


def test_files(world, browser):
    factories.claim(contract=world.contract, insurer_gr=16000, patient_gr=4000)
    uuid = confirmed(world)

    csv = browser.get(reverse("provider:settlement-claims", args=[uuid, "csv"]))
    assert csv.headers["Content-Disposition"] == 'attachment; filename="R-2026-11-0001.csv"'
    assert csv.content.decode("utf-8-sig").splitlines()[1].split(";")[1:6] == [
        "10.11.2026",
        "CONS-001",
        "200,00",
        "40,00",
        "160,00",
    ]
    reports = browser.get(reverse("provider:settlement-export", args=["xlsx"]))
    sheet = zipfile.ZipFile(io.BytesIO(reports.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<v>160</v>" in sheet
    assert "<f>" not in sheet
    for name, start in (("print", b"%PDF-"), ("invoice", b"%PDF-")):
        args = [uuid] if name == "print" else [uuid, "pdf"]
        answer = browser.get(reverse(f"provider:settlement-{name}", args=args))
        assert answer.content.startswith(start)
        assert answer.headers["Content-Disposition"].startswith("attachment;")
    xml = browser.get(reverse("provider:settlement-invoice", args=[uuid, "xml"]))
    assert b"<P_15>160.00</P_15>" in xml.content
    assert xml.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("settlement-claims", "settlement-invoice"):
        assert browser.get(reverse(f"provider:{name}", args=[uuid, "exe"])).status_code == 404
    assert browser.get(reverse("provider:settlement-export", args=["exe"])).status_code == 404


def test_filters_and_totals(world, browser):
    factories.claim(contract=world.contract, insurer_gr=100)
    confirmed(world)
    factories.claim(contract=world.contract, insurer_gr=250)
    generate(world)

    shown = text(browser.get(reverse(LIST), {"status": "confirmed", "made_from": "20.11.2026"}))
    assert "R/2026/11/0001" in shown
    assert "R/2026/11/0002" not in shown
    assert "R/2026/11/0001" not in text(browser.get(reverse(LIST), {"made_to": "19.11.2026"}))
    assert "R/2026/11/0002" in text(browser.get(reverse(LIST), {"number": "0002"}))
    assert browser.get(reverse(LIST), {"made_from": "x", "page": "9"}).status_code == 200


@pytest.mark.parametrize(
    ("name", "extra", "verb"),
    [
        ("settlement-detail", (), "get"),
        ("settlement-confirm", (), "post"),
        ("settlement-discard", (), "post"),
        ("settlement-claims", ("csv",), "get"),
        ("settlement-print", (), "get"),
        ("settlement-invoice", ("pdf",), "get"),
    ],
)
def test_refusals_of_one_report(world, name, extra, verb):
    factories.claim(contract=world.contract, insurer_gr=100)
    uuid = generate(world)
    settlement_world.make_stranger(world)
    settlement_pages.ask_refusals(
        world,
        name=f"provider:{name}",
        args=(uuid, *extra),
        verb=verb,
        unkeyed="receptionist",
        foreign="stranger",
    )


@pytest.mark.parametrize(
    ("name", "args", "verb"),
    [("settlement-list", (), "get"), ("settlement-new", (), "post"), ("settlement-export", ("csv",), "get")],
)
def test_refusals_of_lists(world, name, args, verb):
    settlement_pages.ask_refusals(
        world, name=f"provider:{name}", args=args, verb=verb, unkeyed="receptionist"
    )


def test_a_stranger_sees_none_of_it_in_lists(world):
    factories.claim(contract=world.contract, insurer_gr=100)
    confirmed(world)
    settlement_world.make_stranger(world)
    stranger = world.client("stranger")

    assert "R/2026/11/0001" not in text(stranger.get(reverse(LIST)))
    exported = stranger.get(reverse("provider:settlement-export", args=["csv"]))
    assert len(exported.content.decode().splitlines()) == 1
