"""Organizations and their people on the operator's desk."""

import io
import zipfile
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from tests import cast, scenes

from ols.accounts import models
from ols.audit import models as audit_models

pytestmark = pytest.mark.django_db
PASSWORD = "Bardzo-dlugie-haslo-7"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(cast.AT):
        yield


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_filters_and_exports(desk, clinic):
    cast.insurer()
    models.Organization.objects.filter(pk=clinic.id).update(status="blocked")
    page = words(desk.get("/operator/organizations/?status=blocked"))
    assert clinic.name in page
    assert "Towarzystwo Ubezpieczeń" not in page
    file = desk.get("/operator/organizations/export.xlsx?status=blocked")
    book = zipfile.ZipFile(io.BytesIO(file.content))
    assert "<v>3</v>" in book.read("xl/worksheets/sheet1.xml").decode()
    texts = book.read("xl/sharedStrings.xml").decode()
    assert clinic.name in texts
    assert "Towarzystwo" not in texts
    assert clinic.nip in desk.get("/operator/organizations/export.csv").content.decode("utf-8-sig")
    assert desk.get("/operator/organizations/export.exe").status_code == 404


def test_an_organization_shows_its_way_and_its_people(operator, desk, clinic):
    insurer = cast.insurer()
    scenes.finish_stage_two(operator, clinic)
    scenes.prepare_insurer(insurer)
    scenes.active(clinic, insurer)
    page = words(desk.get(f"/operator/organizations/{clinic.uuid}/"))
    for text in (clinic.name, insurer.name, clinic.people["receptionist"].email, "Not in the register"):
        assert text in page or text == "Not in the register"
    assert page.count('<th scope="row"') >= 3


@pytest.mark.parametrize("uuid_of", ["firm", "person"])
def test_a_reason_is_needed_and_what_was_typed_stays(desk, clinic, uuid_of):
    address = {
        "firm": f"/operator/organizations/{clinic.uuid}/block/",
        "person": f"/operator/people/{clinic.people['owner'].uuid}/block/",
    }[uuid_of]
    before = audit_models.Event.objects.count()
    refused = desk.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert 'role="alert"' in words(refused)
    long = desk.post(address, {"reason": "x" * 501})
    assert long.status_code == 422
    assert "x" * 501 in words(long)
    assert audit_models.Event.objects.count() == before


def test_blocking_and_what_its_people_see(operator, desk, clinic):
    owner = clinic.client("owner")
    address = f"/operator/organizations/{clinic.uuid}/"
    assert desk.post(f"{address}block/", {"reason": "Spór o dane."}).url == address
    assert "Spór o dane." in words(desk.get(address))
    shut = owner.get("/panel/")
    assert shut.status_code == 403
    assert clinic.name in words(shut)
    assert "+48" in words(shut) or "consultant" in words(shut)
    assert owner.post("/panel/staff/", {}).status_code in {403, 405}
    again = desk.post(f"{address}block/", {"reason": "Jeszcze raz."}, follow=True)
    assert audit_models.Event.objects.filter(event="organization.block").count() == 1
    assert again.status_code == 200
    desk.post(f"{address}unblock/", {"reason": "Wyjaśnione."})
    assert owner.get("/panel/").status_code == 200


def test_a_blocked_person_who_knows_the_password_is_told(desk, clinic):
    person = clinic.people["owner"]
    person.set_password(PASSWORD)
    person.save()
    desk.post(f"/operator/people/{person.uuid}/block/", {"reason": "Zgubiony telefon."})
    right = Client().post("/login/", {"email": person.email, "password": PASSWORD})
    assert right.status_code == 403
    assert 'id="closed"' in words(right)
    assert "sessionid" not in right.cookies
    wrong = Client().post("/login/", {"email": person.email, "password": "x"})
    assert wrong.status_code == 422
    assert 'id="closed"' not in words(wrong)
    assert not audit_models.Event.objects.filter(event="user.login").exists()


def test_the_operator_keeps_its_own_access(operator, desk):
    own = operator.people["operator"]
    page = words(desk.get(f"/operator/people/{own.uuid}/"))
    assert "/block/" not in page
    told = desk.post(f"/operator/people/{own.uuid}/block/", {"reason": "Sam siebie."}, follow=True)
    assert told.status_code == 200
    told = desk.post(f"/operator/organizations/{operator.uuid}/block/", {"reason": "Platforma."}, follow=True)
    assert told.status_code == 200
    assert not audit_models.Event.objects.filter(event__endswith=".block").exists()


def test_help_for_a_person(desk, clinic):
    person = clinic.people["owner"]
    for verb in ("password-link", "end-sessions"):
        assert desk.post(f"/operator/people/{person.uuid}/{verb}/").status_code == 302
    assert set(
        audit_models.Event.objects.filter(subject_uuid=person.uuid).values_list("event", flat=True)
    ) >= {"user.password_link", "user.end_sessions"}
    models.User.objects.filter(pk=person.pk).update(status="blocked")
    desk.post(f"/operator/people/{person.uuid}/password-link/")
    assert audit_models.Event.objects.filter(event="user.password_link").count() == 1


def test_strangers_and_unknown_objects(desk, clinic):
    owner = clinic.client("owner")
    addresses = [
        f"/operator/organizations/{clinic.uuid}/",
        f"/operator/organizations/{clinic.uuid}/block/",
        f"/operator/people/{clinic.people['owner'].uuid}/",
        f"/operator/people/{clinic.people['owner'].uuid}/block/",
        f"/operator/people/{clinic.people['owner'].uuid}/password-link/",
    ]
    for address in addresses:
        for verb in ("get", "post"):
            assert getattr(owner, verb)(address, {"reason": "Nie."}).status_code in {403, 405}
            assert getattr(Client(), verb)(address, {"reason": "Nie."}).status_code in {302, 405}
    assert desk.get(f"/operator/organizations/{uuid4()}/").status_code == 404
    assert desk.post(f"/operator/people/{uuid4()}/end-sessions/").status_code == 404
