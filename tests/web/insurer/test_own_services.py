"""The insurer's own services in its pages: added, changed, retired, imported whole or not at all."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast
from tests.network.test_highlights import World

from ols.accounts.permissions import Role
from ols.catalog import models

pytestmark = pytest.mark.django_db
LIST = reverse("insurer:ownservice-list", args=["cons"])
IMPORT = reverse("insurer:ownservice-import", args=["cons"])
EDIT = reverse("insurer:ownservice-edit", args=["TELE-01"])
RETIRE = reverse("insurer:ownservice-retire", args=["TELE-01"])
TYPED = {"code": "tele-01", "name": "Teleporada (demo)", "unit": "szt.", "icd9": "89.02"}


@pytest.fixture
def browser():
    with time_machine.travel(cast.AT):
        yield World().insurer.client(Role.PLAN_MANAGER)


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def own() -> list[tuple[str, str, object]]:
    rows = models.Service.objects.exclude(insurer_id=None).order_by("code")
    return [(row.code, row.name, row.retired_on) for row in rows]


def test_a_service_is_added_changed_and_retired(browser):
    assert "Nie ma jeszcze własnych usług" in text(browser.get(LIST))
    assert browser.post(LIST, TYPED).url == LIST
    wrong = browser.post(LIST, {**TYPED, "code": "TELE-02", "icd9": "8902"})
    assert (wrong.status_code, "Kod ICD-9-PL: napisz" in text(wrong)) == (422, True)
    assert 'value="8902"' in text(wrong)
    taken = browser.post(LIST, TYPED)
    assert (taken.status_code, "Kod: ma go inna usługa" in text(taken)) == (422, True)
    assert browser.post(EDIT, {**TYPED, "name": "Porada wideo (demo)"}).url == LIST
    assert browser.post(EDIT, {**TYPED, "name": "x"}).status_code == 422
    past = browser.post(RETIRE, {"retired_on": "22.11.2026"})
    assert (past.status_code, "Wycofana od: wybierz" in text(past)) == (422, True)
    browser.post(RETIRE, {"retired_on": "1.12.2026"})
    assert "Wycofana od 01.12.2026" in text(browser.get(LIST))
    assert "Oferuj dalej" in text(browser.get(EDIT))
    browser.post(RETIRE, {"keep": "1"})
    assert own() == [("TELE-01", "Porada wideo (demo)", None)]
    assert "TELE-01" in text(browser.get(reverse("insurer:pricelimit-edit", args=["cons"])))


def test_a_file_is_imported_whole_or_not_at_all(browser):
    wrong = "Kod;Nazwa\r\nTELE-01;Teleporada (demo)\r\nCONS-001;Inna (demo)"
    refused = browser.post(IMPORT, {"file": SimpleUploadedFile("u.csv", wrong.encode())})
    assert (refused.status_code, "kod ma inna usługa" in text(refused)) == (422, True)
    broken = browser.post(IMPORT, {"file": SimpleUploadedFile("u.xlsx", b"PK\x03\x04 no workbook")})
    assert (broken.status_code, "Plik jest uszkodzony" in text(broken)) == (422, True)
    assert own() == []
    right = "Kod;Nazwa\r\nTELE-01;Teleporada (demo)\r\nTELE-02;Inna (demo)"
    assert browser.post(IMPORT, {"file": SimpleUploadedFile("u.csv", right.encode())}).url == LIST
    content = browser.get(reverse("insurer:ownservice-export", args=["cons", "csv"])).content
    again = content.replace(b"Inna", b"Nowa")
    shown = browser.post(IMPORT, {"file": SimpleUploadedFile("u.csv", again)}, follow=True)
    assert "Dodane: 0, zmienione: 1." in text(shown)
    assert [name for _code, name, _day in own()] == ["Teleporada (demo)", "Nowa (demo)"]


def test_another_insurer_and_a_colleague_without_the_role_are_refused(browser):
    browser.post(LIST, TYPED)
    stranger = cast.insurer(2)
    assert stranger.client(Role.PLAN_MANAGER).get(EDIT).status_code == 404
    assert stranger.client(Role.PLAN_MANAGER).post(RETIRE, {"retired_on": "1.12.2026"}).status_code == 404
    assert "Teleporada" not in text(stranger.client(Role.PLAN_MANAGER).get(LIST))
    assert stranger.client(Role.NETWORK_MANAGER).get(LIST).status_code == 403
