"""ICD-9-PL codes in the pages: suggested, refused with near ones, their form alone when none is loaded."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast
from tests.catalog.test_icd9 import ACTOR, ROWS

from ols.accounts.permissions import Role
from ols.catalog import models, services
from ols.catalog.icd9 import read_dictionary

pytestmark = pytest.mark.django_db
LIST = reverse("insurer:ownservice-list", args=["cons"])
IMPORT = reverse("insurer:ownservice-import", args=["cons"])
FIND = reverse("insurer:procedure-find")
TYPED = {"code": "OWN-01", "name": "Usługa (demo)", "unit": "szt.", "icd9": "98.02"}


@pytest.fixture
def insurer():
    with time_machine.travel(cast.AT):
        cast.operator()
        yield cast.insurer()


@pytest.fixture
def browser(insurer):
    return insurer.client(Role.PLAN_MANAGER)


@pytest.fixture
def dictionary(insurer):
    services.load_icd9(actor=ACTOR, file=read_dictionary(ROWS), file_name="x.csv", at=cast.AT)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def icd9_of():
    return list(models.Service.objects.exclude(insurer_id=None).values_list("icd9", flat=True))


def test_a_wrong_code_is_refused_at_its_field_and_a_near_one_taken(browser, dictionary):
    assert "Znane kody są podpowiadane." in text(browser.get(LIST))
    page = text(browser.post(LIST, TYPED), 422)
    assert "Kod ICD-9-PL: nie ma go w słowniku." in page
    assert 'value="98.02"' in page
    assert '<button class="btn secondary small" name="take" value="89.02">' in page
    assert icd9_of() == []
    assert browser.post(LIST, TYPED | {"take": "89.02"}).url == LIST
    assert icd9_of() == ["89.02"]
    edit = reverse("insurer:ownservice-edit", args=["OWN-01"])
    assert "nie obowiązuje dziś" in text(browser.post(edit, TYPED | {"icd9": "89.09"}), 422)


def test_words_in_place_of_a_code_lead_to_codes(browser, dictionary):
    page = text(browser.post(LIST, TYPED | {"icd9": "badanie krwi"}), 422)
    assert 'name="take" value="C53"' in page
    assert "Kod ICD-9-PL: napisz" in page


def test_codes_are_suggested_by_code_and_name(browser, dictionary):
    assert '<option value="89.03">89.03 Porada' in text(browser.get(FIND, {"icd9": "łączność"}))
    assert text(browser.get(FIND, {"icd9": "89"})).count("<option") == 2
    for nothing in ("", "8", "dawna", "<b>"):
        assert "<option" not in text(browser.get(FIND, {"icd9": nothing}))


def test_without_a_dictionary_the_pages_say_so(browser):
    words = "Słownik kodów nie jest tu wczytany: sprawdzana jest tylko postać kodu."
    assert words in text(browser.get(LIST))
    assert "Słownik kodów ICD-9-PL nie jest tu wczytany" in text(browser.get(IMPORT))
    assert browser.post(LIST, TYPED).url == LIST
    assert icd9_of() == ["98.02"]


def test_a_file_says_the_same_row_by_row(browser, dictionary):
    rows = "Kod;Nazwa;ICD-9-PL\r\nOWN-01;Jedna (demo);98.02\r\nOWN-02;Druga (demo);89.09\r\n"
    rows += "OWN-03;Trzecia (demo);C53"
    page = text(browser.post(IMPORT, {"file": SimpleUploadedFile("u.csv", rows.encode())}), 422)
    assert "słownik nie ma tego kodu ICD-9-PL" in page
    assert "ten kod ICD-9-PL dziś nie obowiązuje" in page
    assert '<b class="id">89.02</b> Porada wymyślona' in page
    assert icd9_of() == []
    right = rows.replace("98.02", "89.02").replace("89.09", "89.03")
    assert browser.post(IMPORT, {"file": SimpleUploadedFile("u.csv", right.encode())}).url == LIST


def test_only_people_who_edit_plans_look_codes_up(insurer, dictionary, client):
    assert insurer.client(Role.NETWORK_MANAGER).get(FIND, {"icd9": "89"}).status_code == 403
    assert client.get(FIND)["Location"].startswith("/login/")
