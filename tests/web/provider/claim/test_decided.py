"""Claims after the decision: confirm, cancel, take back, print, list, export; whose they are."""

import csv
import io
import re
import zipfile
from uuid import uuid4

import pikepdf
import pytest
from tests.claims import world as worlds
from tests.web.provider.claim.reading import text_of

from ols.accounts.permissions import Role
from ols.claims import models as claims
from ols.claims import services

LIST = "/panel/claims/"


def status():
    return claims.Claim.objects.get().status


def used():
    return claims.Usage.objects.get(benefit_code="CONS").used_units


def test_confirming_says_so_once_and_again_is_no_fault(desk, decided):
    client = desk.client()
    here = decided("CONS-1", client=client)
    first = client.post(f"{here}confirm/", follow=True)
    assert "Confirmed. The claim waits for the next report." in text_of(first)
    assert (status(), used()) == ("confirmed", 1)
    again = client.post(f"{here}confirm/", follow=True)
    assert "This cannot be done" not in text_of(again)
    assert "Performance confirmed 20.11.2026 10:00" in text_of(again)
    assert f"{here}confirm/" not in again.content.decode()


def test_after_a_day_it_is_too_late_to_confirm(desk, decided):
    client = desk.client()
    here = decided("CONS-1", client=client)
    desk.wait(hours=24)
    client = desk.client()  # the session has ended meanwhile
    assert f"{here}confirm/" in client.get(here).content.decode()
    desk.wait(seconds=1)
    page = client.get(here)
    assert f"{here}confirm/" not in page.content.decode()
    assert "The decision was valid until 21.11.2026 10:00. Make a new claim." in text_of(page)
    refused = client.post(f"{here}confirm/", follow=True)
    assert "The decision was valid for 24 hours." in text_of(refused)
    assert status() == "authorized"


def test_cancelling_gives_the_limits_back(desk, decided):
    client = desk.client()
    here = decided("CONS-1", client=client)
    assert "This cannot be undone." in text_of(client.get(f"{here}cancel/"))
    assert (status(), used()) == ("authorized", 1)
    page = client.post(f"{here}cancel/", {"remark": ""}, follow=True)
    assert "The limits are given back" in text_of(page)
    assert (status(), used()) == ("cancelled", 0)
    late = client.post(f"{here}cancel/", {"remark": ""}, follow=True)
    assert "This cannot be done: the claim is now “Cancelled claim”." in text_of(late)


def test_taking_back_needs_a_reason(desk, decided):
    client = desk.client()
    here = decided("CONS-1", client=client)
    client.post(f"{here}confirm/")
    for remark in ("", "   "):
        refused = client.post(f"{here}reverse/", {"remark": remark})
        assert refused.status_code == 422
        assert "Reason: say why the claim is taken back." in text_of(refused)
        assert (status(), used()) == ("confirmed", 1)
    page = client.post(f"{here}reverse/", {"remark": "zły pacjent <b>"}, follow=True)
    assert (status(), used()) == ("reversed", 0)
    assert "zły pacjent &lt;b&gt;" in page.content.decode()


def test_a_claim_cannot_be_taken_back_before_it_is_performed(desk, decided):
    client = desk.client()
    here = decided("CONS-1", client=client)
    page = client.post(f"{here}reverse/", {"remark": "x"}, follow=True)
    assert "This cannot be done: the claim is now “Granted, to be confirmed”." in text_of(page)
    assert (status(), used()) == ("authorized", 1)


def test_a_held_claim_says_that_a_person_decides(desk, decided):
    client = desk.client()
    decided("CONS-1", client=client)
    here = decided("CONS-1", client=client)
    claim = claims.Claim.objects.latest("id")
    assert claim.status == "pended"
    page = text_of(client.get(here))
    assert "A person at the insurer decides." in page
    assert "Such a service of this day was reported before" in page
    services.approve_claim(actor=desk.world.handler(), claim_uuid=claim.uuid, at=desk.now)
    page = text_of(client.get(here))
    assert (
        "Granted by the insurer's employee 20.11.2026 10:00 · Towarzystwo Ubezpieczeń (demo)"
        in page.replace("&#x27;", "'")
    )
    assert "Likwidator" not in page


def test_the_decision_is_printed(desk, decided):
    client = desk.client()
    here = decided("CONS-1", "LAB-1", client=client)
    answer = client.get(f"{here}decision.pdf")
    assert answer["Content-Type"] == "application/pdf"
    number = claims.Claim.objects.get().number.replace("/", "-")
    assert answer["Content-Disposition"] == f'attachment; filename="{number}.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert len(file.pages) == 1


def sheet_rows(answer):
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_the_list_filters_adds_up_and_exports_what_it_shows(desk, decided):
    client = desk.client()
    assert "No claims yet" in text_of(client.get(LIST))
    first = decided("CONS-1", client=client)
    second = decided("LAB-1", client=client)
    client.post(f"{second}confirm/")
    everything = client.get(LIST)
    assert [first in everything.content.decode(), second in everything.content.decode()] == [True, True]
    assert "Together: 2 claims 225,00 zł 5,00 zł" in text_of(everything)
    confirmed = client.get(LIST, {"status": "confirmed"})
    assert [first in confirmed.content.decode(), second in confirmed.content.decode()] == [False, True]
    assert "Together: 1 claim 25,00 zł 5,00 zł" in text_of(confirmed)
    assert "No such claims" in text_of(client.get(LIST, {"service_from": "21.11.2026"}))
    wrong = client.get(LIST, {"service_from": "31.02.2026"})
    assert "there is no such day in the calendar" in text_of(wrong)
    table = client.get(f"{LIST}claims.csv", {"status": "confirmed"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert [row[5:] for row in rows[1:]] == [["Performed", "30,00", "25,00", "5,00"]]
    amounts = re.findall(r"<v>([0-9.]+)</v>", sheet_rows(client.get(f"{LIST}claims.xlsx?status=confirmed")))
    assert {"30", "25", "5"} <= set(amounts)
    assert client.get(f"{LIST}claims.pdf").status_code == 404


def test_a_hundred_claims_are_shown_in_pages(desk, decided):
    decided("LAB-1")
    row = claims.Claim.objects.get()
    for number in range(30):
        row.pk, row.number = None, f"W/2026/9{number:06d}"
        row.uuid, row.idempotency_key = uuid4(), f"copy-{number}"
        row._state.adding = True
        row.save()
    page = text_of(desk.client().get(LIST))
    assert ("1 to 25 of 31" in page, "Together: 31 claims" in page) == (True, True)
    assert "26 to 31 of 31" in text_of(desk.client().get(LIST, {"page": "2"}))


PAGES = [
    ("{list}", "get", "post"),
    ("{list}claims.csv", "get", "post"),
    ("{claim}", "get", "post"),
    ("{claim}decision.pdf", "get", "post"),
    ("{claim}confirm/", "post", "get"),
    ("{claim}cancel/", "post", "put"),
    ("{claim}reverse/", "post", "put"),
]


@pytest.mark.parametrize(("address", "method", "wrong"), PAGES)
def test_six_questions(desk, decided, client, address, method, wrong):
    here = decided("CONS-1")
    path = address.format(list=LIST, claim=here)
    before = list(claims.Claim.objects.values_list())
    anonymous = getattr(client, method)(path)
    assert (anonymous.status_code, anonymous["Location"][:13]) == (302, "/login/?next=")
    accountant = getattr(desk.client(Role.ACCOUNTANT), method)(path)
    assert (accountant.status_code, b"Claims for benefits" in accountant.content) == (403, True)
    assert getattr(desk.client(), wrong)(path).status_code == 405
    elsewhere = getattr(desk.client(number=1), method)(path)
    number = claims.Claim.objects.get().number
    if address.startswith("{claim}"):
        assert elsewhere.status_code == 404
    assert number not in elsewhere.content.decode()
    assert list(claims.Claim.objects.values_list()) == before
    assert getattr(desk.client(), method)(path).status_code in {200, 302}


def test_the_menu_shows_where_one_is(desk, decided):
    here = decided("CONS-1")
    for address in (LIST, here, "/panel/claims/new/"):
        page = desk.client().get(address).content.decode()
        assert re.findall(r'href="([^"]+)" aria-current="page"', page) == ["/panel/claims/new/"]


def test_an_unknown_claim_is_not_found(desk):
    assert desk.client().get(f"{LIST}{uuid4()}/").status_code == 404


def test_numbers_of_people_are_in_no_address(desk, decided):
    client = desk.client()
    here = decided("CONS-1", client=client)
    assert not any(pesel in here for pesel in worlds.PESELS)
    # Asking by address finds nobody: the form is empty.
    page = client.get("/panel/claims/new/", {"number": worlds.PESELS[0]})
    assert f'value="{worlds.PESELS[0]}"' not in page.content.decode()
