"""The insurer's queue: parts, words, order, filters that come back."""

from datetime import timedelta

import pytest
import time_machine
from tests import cast, scenes
from tests.network import documents_scene

from ols.network import models, services

pytestmark = pytest.mark.django_db
LIST = "/insurer/offers/"


@pytest.fixture
def clock():
    with time_machine.travel(cast.AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def insurer(clock):
    return scenes.ready_insurer("CONS")


@pytest.fixture
def clinic(insurer):
    return scenes.ready_clinic()


@pytest.fixture
def desk(insurer):
    return insurer.client("network-manager")


def shown(desk, **wanted):
    return desk.get(LIST, {"show": "offers", **wanted}).content.decode()


def test_time_left_is_said_and_what_is_late_is_marked(desk, clinic, insurer, clock):
    scenes.offered(clinic, insurer)
    text = shown(desk)
    assert "zostało 6 godz." in text
    assert "23.11.2026 16:00" in text
    assert "Oferty współpracy (1)" in text
    clock.shift(timedelta(hours=7))
    desk = insurer.client("network-manager")
    assert "po terminie od 1 godz." in shown(desk)
    assert "Po terminie (1)" in shown(desk, only="overdue")
    assert "Nic nie znaleziono" in shown(desk, only="today")


@pytest.mark.parametrize("words", ["przychodnia", "WARSZAWA", "warszawa przychodnia", "U/2026"])
def test_words_find_the_offer(desk, clinic, insurer, words):
    scenes.offered(clinic, insurer)
    assert clinic.name in shown(desk, text=words)
    assert "Nic nie znaleziono" in shown(desk, text="gdynia")


def test_accents_and_a_nip_with_dashes_find_it_too(desk, clinic, insurer):
    cast.accounts_models.Organization.objects.filter(pk=clinic.id).update(name="Świt (demo)", city="Łódź")
    scenes.offered(clinic, insurer)
    nip = clinic.nip
    for words in ("swit LODZ", "łódź", f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}"):
        assert "Świt (demo)" in shown(desk, text=words)


def test_price_lists_wait_in_their_own_part(desk, clinic, insurer):
    contract = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    service = scenes.catalog.services(area_id=scenes.catalog.area(code="CONS").id)[0]
    prices = scenes.sent_prices(clinic, contract, "CONS", {service.id: 20_100})
    text = shown(desk, show="lists")
    assert f"/insurer/price-lists/{prices}/" in text
    assert "Cenniki (1)" in text
    assert "Żadna oferta nie czeka" in shown(desk)


def test_filters_come_back_and_go(desk, clinic, insurer):
    scenes.offered(clinic, insurer)
    assert "Nic nie znaleziono" in shown(desk, text="gdynia", sort="-name")
    back = desk.get(LIST)
    assert back.status_code == 302
    assert "gdynia" in back.url
    assert desk.get(LIST, {"reset": 1}).status_code == 302
    assert clinic.name in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    "odd", [{"text": "\x00"}, {"text": "%"}, {"show": "?"}, {"sort": "x"}, {"page": "-1"}]
)
def test_an_odd_address_shows_the_list(desk, odd):
    assert desk.get(LIST, {"show": "offers", **odd}).status_code == 200


def test_another_insurer_sees_nothing_of_it(clinic, insurer):
    scenes.offered(clinic, insurer)
    text = shown(cast.insurer(2).client("network-manager"))
    assert clinic.name not in text
    assert "Oferty współpracy (0)" in text


def test_new_documents_wait_in_their_own_part_with_the_time_left(desk, clinic, insurer, clock):
    contract, old = documents_scene.active(clinic, insurer, documents_scene.ENDING)
    new = documents_scene.replace(clinic, contract, old, documents_scene.POLICY_DATES)
    stored = models.ContractDocument.objects.get(uuid=new).document.uuid
    text = shown(desk, show="documents")
    page = f"/insurer/contracts/{contract}/documents/{stored}/"
    assert page in text
    assert "Nowe dokumenty (1)" in text
    assert "zostało 20 dni" in text
    assert "13.12.2026" in text
    assert desk.get(page).status_code == 200
    assert clinic.name in shown(desk, show="documents", text="przychodnia", sort="-due")
    assert "Nic nie znaleziono" in shown(desk, show="documents", text="gdynia")
    assert "/insurer/offers/?show=documents" in desk.get("/insurer/").content.decode()
    clock.shift(timedelta(days=21))
    desk = insurer.client("network-manager")
    assert "po terminie od" in shown(desk, show="documents")
    services.accept_document(actor=insurer.actor("network-manager"), file_uuid=new, at=cast.AT)
    assert "Żaden nowy dokument nie czeka" in shown(desk, show="documents", text="")


def test_a_document_without_one_before_it_has_no_deadline_and_comes_last(desk, insurer):
    operator = cast.operator()
    for number in (1, 2):
        clinic = cast.provider(number)
        scenes.finish_stage_two(operator, clinic)
        contract, old = documents_scene.active(clinic, insurer, documents_scene.ENDING)
        documents_scene.replace(clinic, contract, old, documents_scene.POLICY_DATES)
    models.ContractDocument.objects.filter(contract__provider_id=clinic.id).update(renews=None)
    for sort in ("due", "-due"):
        text = shown(desk, show="documents", sort=sort)
        table = text[text.index("<tbody>") :]
        assert table.index("zostało 20 dni") < table.index("–")


def test_another_insurers_documents_are_not_seen(clinic, insurer):
    contract, old = documents_scene.active(clinic, insurer, documents_scene.ENDING)
    documents_scene.replace(clinic, contract, old, documents_scene.POLICY_DATES)
    other = shown(cast.insurer(2).client("network-manager"), show="documents")
    assert clinic.name not in other
    assert "Nowe dokumenty (0)" in other
