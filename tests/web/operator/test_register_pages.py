"""What an import changed, shown and exported; the entry's page; alerts handled once, with words."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from tests import cast
from tests.registry import register_files as files

from ols.registry import models

pytestmark = pytest.mark.django_db
LATER = files.AT + timedelta(minutes=5)
BOOK = "000000000002"


@pytest.fixture
def firm():
    with time_machine.travel(cast.AT):
        yield cast.operator()


@pytest.fixture
def desk(firm):
    return firm.client("operator")


@pytest.fixture
def report(firm):
    """Let one entity change, one vanish that has access, one be struck off, and one line be refused."""
    lines = files.rows(4)
    files.load(lines)
    clinic = cast.provider()
    entry = models.RegisterEntry.objects.get(register_book_no=BOOK)
    models.Facility.objects.filter(organization_id=clinic.id).update(entry=entry, name="Zniknięta (demo)")
    lines[0]["name"] = "Przychodnia Łąkowa (demo)"
    for line in lines:
        if line["level"] == "entity" and line["register_book_no"].endswith("3"):
            line["struck_off_on"] = "2026-11-20"
        if line["level"] == "cell" and line["register_book_no"].endswith("4"):
            line["specialty_code"] = "9999"
    made = files.load(
        (line for line in lines if line["register_book_no"] != BOOK), actor=firm.actor("operator"), at=LATER
    )
    return f"/operator/register/imports/{made.uuid}/"


def test_the_report_shows_fields_before_and_after_and_filters(desk, report) -> None:
    old = models.RegisterChange.objects.get(kind="changed", fields__has_key="name").fields["name"][0]
    page = desk.get(report).content.decode()
    assert f"<del>{old}</del>" in page
    assert "<ins>Przychodnia Łąkowa (demo)</ins>" in page
    assert "Wszystkie (4)" in page
    assert "Wykreślony (1)" in page
    assert "ma dostęp" in page
    # The line that would change the fourth was refused.
    assert "Odrzucone wiersze mówiły o nim coś innego." in page
    assert "Łąkowa" not in desk.get(report, {"kind": "vanished"}).content.decode()
    assert "Łąkowa" in desk.get(report, {"text": "LAKOWA"}).content.decode()
    assert "Nic nie znaleziono" in desk.get(report, {"text": "gdynia nieznana"}).content.decode()
    assert desk.get(report, {"text": "\x00", "kind": "?", "page": "x"}).status_code == 200


def test_changes_are_a_spreadsheet_a_line_for_each_field(desk, report) -> None:
    csv = desk.get(f"{report}changes.csv").content.decode("utf-8-sig")
    assert ";Nazwa;" in csv
    assert ";Przychodnia Łąkowa (demo)\r\n" in csv
    assert "20.11.2026" in csv
    only = desk.get(f"{report}changes.csv", {"kind": "vanished"}).content.decode("utf-8-sig")
    assert len(only.splitlines()) == 2
    assert desk.get(f"{report}changes.xlsx").status_code == 200
    assert desk.get(f"{report}changes.pdf").status_code == 404


def test_the_entry_shows_when_it_was_checked_and_what_changed(desk, report) -> None:
    page = desk.get("/operator/register/entries/000000000003/").content.decode()
    assert "Wykreślono dnia 20.11.2026." in page
    assert "Sprawdzono w rejestrze dnia 23.11.2026." in page
    assert report in page
    assert desk.get("/operator/register/entries/999999999999/").status_code == 404
    assert cast.provider(2).client("owner").get(f"/operator/register/entries/{BOOK}/").status_code == 403


def test_an_alert_is_shown_until_somebody_handles_it_with_words(desk, report) -> None:
    assert report
    for path in ("/operator/", "/operator/register/"):
        assert "1 placówki z dostępem nie ma już w rejestrze." in desk.get(path).content.decode()
    assert "Zniknięta (demo)" in desk.get("/operator/register/alerts/").content.decode()
    alert = models.RegisterAlert.objects.get()
    organization = f"/operator/organizations/{alert.facility.organization.uuid}/"
    assert f"/operator/register/alerts/{alert.uuid}/" in desk.get(organization).content.decode()
    address = f"/operator/register/alerts/{alert.uuid}/"
    assert desk.post(address, {"remark": " "}).status_code == 422
    assert desk.post(address, {"remark": "Rozmowa z placówką (demo)"}).status_code == 302
    page = desk.get(address).content.decode()
    assert "Rozmowa z placówką (demo)" in page
    assert "id_remark" not in page
    again = desk.post(address, {"remark": "Drugi raz"}, follow=True).content.decode()
    assert "Ktoś już obsłużył ten alert. Nic nie zmieniono." in again
    assert "nie ma już w rejestrze" not in desk.get("/operator/").content.decode()
    handled = desk.get("/operator/register/alerts/?status=handled").content.decode()
    assert "Rozmowa z placówką (demo)" in handled
    assert desk.get(f"/operator/register/alerts/{uuid4()}/").status_code == 404


def test_a_return_to_the_register_closes_the_alert_and_says_so(desk, report) -> None:
    assert report
    files.load(files.rows(4), at=LATER + timedelta(minutes=5))
    alert = models.RegisterAlert.objects.get()
    page = desk.get(f"/operator/register/alerts/{alert.uuid}/").content.decode()
    assert "Powrót do rejestru: alert zamknął się sam" in page
    assert "Zniknięta" in desk.get("/operator/register/alerts/?status=returned").content.decode()
