"""The insurer's areas: closed for new price lists, opened again, described; what both sides read of it."""

import pytest
import time_machine
from tests import cast, scenes

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, services

pytestmark = pytest.mark.django_db
ROOT = "/insurer/settings/areas/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(cast.AT, tick=False):
        yield


@pytest.fixture
def pair():
    return scenes.partners("CONS")


def text_of(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def keep_draft(clinic, contract):
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0]
    return services.save_prices(
        actor=clinic.actor(Role.OWNER),
        contract_uuid=contract,
        area_code="CONS",
        valid_from=cast.TODAY,
        prices={service.id: 100_00},
        at=cast.AT,
    )


def test_the_insurer_closes_and_the_clinic_reads_why_its_draft_waits(pair):
    insurer, clinic, contract = pair
    keep_draft(clinic, contract)
    manager, owner = insurer.client("network-manager"), clinic.client("owner")
    page = text_of(manager.get(ROOT + "CONS/"))
    assert "Zamknij dla nowych cenników" in page
    assert "1 placówka przygotowuje cennik." in page
    said = text_of(manager.post(ROOT + "CONS/close/", {"closes_on": "23.11.2026"}, follow=True))
    assert "Powiadomiono 1 placówkę ze szkicem cennika." in said
    assert "Zamknięty dla nowych cenników od 23.11.2026" in text_of(manager.get(ROOT))
    root = f"/panel/contracts/{contract}/"
    areas = text_of(owner.get(root + "terms/"))
    assert "Zamknięty dla nowych cenników od 23.11.2026" in areas
    assert "Szkic zachowany, teraz nie można wysłać" in areas
    why = "Ubezpieczyciel od 23.11.2026 nie przyjmuje nowych cenników w tym obszarze."
    grid = text_of(owner.get(root + "areas/CONS/prices/"))
    assert why in grid
    assert 'name="check"' not in grid
    check = root + "areas/CONS/prices/check/"
    assert why in text_of(owner.get(check))
    assert why in text_of(owner.post(check), 422)
    assert models.PriceList.objects.get().status == "draft"
    text_of(manager.post(ROOT + "CONS/reopen/", {"reopens_on": "30.11.2026"}, follow=True))
    assert "Cennik będzie można wysłać od 30.11.2026." in text_of(owner.get(check))
    assert "ponowne otwarcie 30.11.2026" in text_of(owner.get("/panel/"))


def test_a_clinic_without_a_draft_begins_none(pair):
    insurer, clinic, contract = pair
    insurer.client("network-manager").post(ROOT + "CONS/close/", {"closes_on": "23.11.2026"})
    owner, address = clinic.client("owner"), f"/panel/contracts/{contract}/areas/CONS/prices/"
    page = text_of(owner.get(address, follow=True))
    assert "Zamknięty dla nowych cenników od 23.11.2026" in page
    typed = {"seen": "0", "tab": "a", "valid_from": "23.11.2026"}
    assert "zamknął w międzyczasie" in text_of(owner.post(address, typed), 422)
    assert not models.PriceList.objects.exists()


def test_a_closing_is_taken_back_and_words_say_what_is_not_possible(pair):
    insurer, _clinic, _contract = pair
    manager = insurer.client("network-manager")
    manager.post(ROOT + "CONS/close/", {"closes_on": "1.12.2026"})
    page = text_of(manager.get(ROOT + "CONS/"))
    assert "Zamknięcie dla nowych cenników 01.12.2026" in page
    assert 'value="01.12.2026"' in page
    kept = text_of(manager.post(ROOT + "CONS/keep-open/", follow=True))
    assert "Obszar pozostaje otwarty." in kept
    assert "Zamknięcie nie jest planowane." in text_of(manager.post(ROOT + "CONS/keep-open/", follow=True))
    reopened = manager.post(ROOT + "CONS/reopen/", {"reopens_on": "23.11.2026"}, follow=True)
    assert "Obszar nie jest zamknięty." in text_of(reopened)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("close/", {"closes_on": "22.11.2026"}),
        ("close/", {"closes_on": "31.02.2027"}),
        ("reopen/", {"reopens_on": ""}),
        ("describe/", {"description": "", "description_en": "Visits"}),
    ],
)
def test_wrong_input_is_kept_and_changes_nothing(pair, path, data):
    insurer, _clinic, _contract = pair
    before = list(models.AreaOpening.objects.values())
    manager = insurer.client("network-manager")
    if path == "reopen/":
        manager.post(ROOT + "CONS/close/", {"closes_on": "23.11.2026"})
        before = list(models.AreaOpening.objects.values())
    page = text_of(manager.post(ROOT + "CONS/" + path, data), 422)
    assert "error-text" in page
    assert all(value in page for value in data.values())
    assert list(models.AreaOpening.objects.values()) == before
    assert manager.post(ROOT + "DENT/" + path, data).status_code == 404


def test_the_description_is_read_in_both_languages(pair):
    insurer, clinic, contract = pair
    manager, owner = insurer.client("network-manager"), clinic.client("owner")
    words = {"description": "Porady w gabinecie.", "description_en": "Visits at the surgery."}
    said = manager.post(ROOT + "CONS/describe/", words, follow=True)
    assert "Opis został zapisany." in text_of(said)
    address = f"/panel/contracts/{contract}/terms/"
    assert words["description"] in text_of(owner.get(address))
    owner.cookies["django_language"] = "en"
    assert words["description_en"] in text_of(owner.get(address))


def test_an_explanation_of_a_document_is_read_in_both_languages(pair):
    insurer, clinic, _contract = pair
    manager = insurer.client("network-manager")
    row = models.DocumentRequirement.objects.get()
    address = f"/insurer/settings/documents/{row.uuid}/edit/"
    typed = {
        "name": row.name,
        "explanation": "Suma gwarancyjna i okres.",
        "explanation_en": "Sum insured and period.",
        "is_required": "on",
        "max_files": "1",
        "age_unit": "months",
    }
    manager.cookies["django_language"] = "en"
    preview = text_of(manager.post(address, typed | {"step": "preview"}))
    assert "<p>Sum insured and period.</p>" in preview
    assert manager.post(address, typed).status_code == 302
    row.refresh_from_db()
    assert row.explanation_en == "Sum insured and period."
    clinic2, contract = clinic, _contract
    owner = clinic2.client("owner")
    page = f"/panel/contracts/{contract}/documents/"
    assert "Suma gwarancyjna i okres." in text_of(owner.get(page))
    owner.cookies["django_language"] = "en"
    assert "Sum insured and period." in text_of(owner.get(page))
