"""The insurer's kinds of documents, new documents to decide, and the list of those that end."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cast import AT, Firm
from tests.network import documents_scene as scene

from ols.accounts.permissions import Role
from ols.network import models, services
from ols.network.document_rules import Dates

pytestmark = pytest.mark.django_db
KIND = {
    "name": "Decyzja sanitarna (demo)",
    "name_en": "Sanitary decision (demo)",
    "explanation": "Z pieczątką <b>inspekcji</b>.",
    "is_required": "on",
    "max_files": "3",
    "max_age": "6",
    "age_unit": "months",
    "has_end": "on",
    "suspend_after_days": "",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pair() -> tuple[Firm, Firm]:
    return scene.pair()


@pytest.fixture
def manager(pair: tuple[Firm, Firm]) -> Client:
    return pair[1].client(Role.NETWORK_MANAGER)


def url(name: str, *args: object) -> str:
    return reverse(f"insurer:{name}", args=args)


def kinds() -> list[str]:
    return list(models.DocumentRequirement.objects.order_by("position").values_list("code", flat=True))


def test_a_kind_gets_its_code_from_its_name(manager: Client) -> None:
    preview = manager.post(url("requirement-new"), KIND | {"step": "preview"})
    page = preview.content.decode()
    assert preview.status_code == 200
    for words in ("Placówka zobaczy:", "Wystawiony nie dawniej niż 6 miesięcy", "&lt;b&gt;inspekcji"):
        assert words in page
    assert kinds() == ["OC"]
    assert manager.post(url("requirement-new"), KIND).status_code == 302
    assert kinds() == ["OC", "DECYZJA-SANITARNA-DE"]
    row = models.DocumentRequirement.objects.get(code="DECYZJA-SANITARNA-DE")
    assert (row.max_files, row.max_age, row.age_unit, row.has_end) == (3, 6, "months", True)
    again = manager.post(url("requirement-new"), KIND)
    assert again.status_code == 422
    assert "ma ją już inny dokument" in again.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Nazwa dokumentu"),
        ({"max_files": "21"}, "od 1 do 20"),
        ({"max_age": "pół roku"}, "od 1 do 120"),
        ({"max_age": "", "is_renewed": "on"}, "podaj, ile dokument może mieć"),
        ({"has_end": "", "suspend_after_days": "7"}, "niczego nie zawiesza"),
    ],
)
def test_what_cannot_be_is_said_and_stays(manager: Client, wrong: dict[str, str], words: str) -> None:
    answer = manager.post(url("requirement-new"), KIND | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert kinds() == ["OC"]
    assert 'value="Sanitary decision (demo)"' in page


def test_usual_kinds_are_suggested_until_they_are_there(manager: Client) -> None:
    first = manager.get(url("requirement-list")).content.decode()
    assert "?kind=RPWDL" in first
    form = manager.get(url("requirement-new") + "?kind=RPWDL").content.decode()
    assert 'value="Wypis z rejestru podmiotów leczniczych"' in form
    manager.post(url("requirement-new"), KIND | {"name": "Wypis z rejestru podmiotów leczniczych"})
    assert "?kind=RPWDL" not in manager.get(url("requirement-list")).content.decode()


def test_kinds_are_put_in_order(manager: Client) -> None:
    manager.post(url("requirement-new"), KIND)
    row = models.DocumentRequirement.objects.get(code="OC")
    manager.post(url("requirement-move", row.uuid), {"to": "down"})
    assert kinds()[1] == "OC"
    manager.post(url("requirement-move", row.uuid), {"to": "down"})
    manager.post(url("requirement-move", row.uuid), {"to": "up"})
    assert kinds()[0] == "OC"


def test_a_kind_is_edited_by_its_own_insurer_only(manager: Client, pair: tuple[Firm, Firm]) -> None:
    row = models.DocumentRequirement.objects.get()
    rival = cast.insurer(2).client(Role.NETWORK_MANAGER)
    for name in ("requirement-edit", "requirement-move", "requirement-switch"):
        assert rival.post(url(name, row.uuid), KIND).status_code == 404
        assert pair[1].client(Role.CLAIMS_HANDLER).post(url(name, row.uuid), KIND).status_code == 403
    row.refresh_from_db()
    assert (row.name, row.is_active) == ("Polisa OC", True)
    assert manager.post(url("requirement-edit", row.uuid), KIND).status_code == 302
    row.refresh_from_db()
    assert (row.code, row.name) == ("OC", KIND["name"])


def test_a_new_document_is_decided_where_it_is_seen(manager: Client, pair: tuple[Firm, Firm]) -> None:
    clinic, _insurer = pair
    contract, old = scene.active(*pair, scene.ENDING)
    new = scene.replace(clinic, contract, old, Dates(valid_until=scene.SOON))
    stored = models.ContractDocument.objects.get(uuid=new).document.uuid
    assert "Czeka na decyzję" in manager.get(url("contract-show", contract)).content.decode()
    page = manager.get(url("document-preview", contract, stored)).content.decode()
    assert "Przyjmij dokument" in page
    empty = manager.post(url("document-return", contract, new), {"remark": " "})
    assert empty.status_code == 422
    manager.post(url("document-return", contract, new), {"remark": "Brak <b>podpisu</b>"})
    answered = clinic.client(Role.OWNER).get(f"/panel/contracts/{contract}/documents/").content.decode()
    assert "Brak &lt;b&gt;podpisu&lt;/b&gt;" in answered
    again = scene.replace(clinic, contract, new, Dates(valid_until=scene.SOON))
    assert manager.post(url("document-accept", contract, again)).status_code == 302
    assert models.ContractDocument.objects.get(status="given").uuid == again
    late = manager.post(url("document-accept", contract, again), follow=True)
    assert "nie czeka już na odpowiedź" in late.content.decode()


def test_an_offer_with_an_expired_document_is_not_accepted(manager: Client, pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    scene.set_kind(insurer, scene.POLICY)
    contract = scene.draft(clinic, insurer)
    scene.add(clinic, contract, Dates(valid_until=cast.TODAY))
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=contract, at=AT)
    with time_machine.travel(AT.replace(day=24), tick=False):
        later = insurer.client(Role.NETWORK_MANAGER)
        page = later.post(url("contract-accept", contract), follow=True).content.decode()
    assert "wygasło: Polisa OC" in page
    assert models.Contract.objects.get().status == "offered"


def test_the_list_of_what_ends_can_be_exported(manager: Client, pair: tuple[Firm, Firm]) -> None:
    assert "Żaden dokument wkrótce nie wygasa" in manager.get(url("document-list")).content.decode()
    scene.active(*pair, scene.ENDING)
    page = manager.get(url("document-list")).content.decode()
    assert "Wygasa za 20 dni" in page
    sheet = manager.get(url("document-export", "csv")).content.decode("utf-8-sig")
    assert "13.12.2026" in sheet
    assert manager.get(url("document-export", "exe")).status_code == 404
