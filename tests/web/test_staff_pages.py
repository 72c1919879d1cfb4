"""Staff pages: works · colleague without the role · other organization · anonymous · wrong verb."""

import pytest
from django.test import Client
from tests import cast

from ols.accounts import models, services
from ols.accounts.permissions import Permission
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db

NEW = {"name": "Łucja Nowa (demo)", "email": "new@example.org"}


@pytest.fixture
def clinic():
    return cast.provider()


@pytest.fixture
def owner(clinic):
    return clinic.client("owner")


def shown(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def invited(owner, *roles):
    answer = owner.post("/panel/staff/new/", {**NEW, "roles": roles or ["accountant"]})
    assert (answer.status_code, answer["Location"]) == (302, "/panel/staff/")
    return models.User.objects.get(email="new@example.org")


def test_an_owner_invites_changes_and_removes(owner):
    person = invited(owner)
    assert "new@example.org" in shown(owner.get("/panel/staff/"))
    owner.post(f"/panel/staff/{person.uuid}/", {"roles": ["receptionist", "accountant"]})
    assert models.Membership.objects.get(user=person).roles == ["receptionist", "accountant"]
    assert "24 godz" not in shown(owner.get(f"/panel/staff/{person.uuid}/remove/"))
    assert models.Membership.objects.get(user=person).is_active
    owner.post(f"/panel/staff/{person.uuid}/remove/")
    assert not models.Membership.objects.get(user=person).is_active


def test_who_may_do_everything_needs_no_second_tick(owner):
    person = invited(owner, "owner", "accountant")
    assert models.Membership.objects.get(user=person).roles == ["owner"]


def test_wrong_input_keeps_what_was_typed(owner):
    text = shown(owner.post("/panel/staff/new/", {"name": "Nowa (demo)", "email": "new(at)x"}), 422)
    assert 'value="Nowa (demo)"' in text
    assert 'value="new(at)x"' in text
    assert "zaznacz przynajmniej jeden wiersz" in text


def test_a_usual_set_ticks_and_writes_nothing(owner):
    text = shown(owner.post("/panel/staff/new/", {**NEW, "roles": ["owner"], "preset": "office"}))
    ticked = [line for line in text.split("<input")[1:] if "checked" in line.split(">")[0]]
    assert [line.split('value="')[1].split('"')[0] for line in ticked] == [
        "data-editor", "terms-signer", "price-editor",
    ]  # fmt: skip
    assert 'value="Łucja Nowa (demo)"' in text
    assert not models.User.objects.filter(email="new@example.org").exists()


def test_who_works_here_is_not_invited_twice(clinic, owner):
    answer = owner.post(
        "/panel/staff/new/",
        {"name": "X", "email": clinic.people["receptionist"].email, "roles": ["accountant"]},
    )
    assert "ta osoba już tu pracuje" in shown(answer, 422)
    assert models.Membership.objects.get(user=clinic.people["receptionist"]).roles == ["receptionist"]


def test_an_invitation_is_sent_again_and_withdrawn(owner):
    person = invited(owner)
    sent = OutboxMessage.objects.count()
    text = shown(owner.post(f"/panel/staff/{person.uuid}/resend/", follow=True))
    assert "przed chwilą" in text
    assert OutboxMessage.objects.count() == sent
    models.PasswordLink.objects.update(created_at=cast.AT)
    owner.post(f"/panel/staff/{person.uuid}/resend/")
    assert OutboxMessage.objects.count() == sent + 1
    secret = OutboxMessage.objects.latest("id").payload["context"]["secret"]
    assert owner.post(f"/panel/staff/{person.uuid}/withdraw/").url == "/panel/staff/"
    assert Client().get(f"/password/{secret}/", follow=True).status_code == 410
    assert owner.post(f"/panel/staff/{person.uuid}/withdraw/").status_code == 404


def test_the_last_owner_stays(clinic, owner):
    uuid = clinic.people["owner"].uuid
    assert "Nikt inny nie zarządza" in shown(owner.get(f"/panel/staff/{uuid}/remove/"))
    assert owner.post(f"/panel/staff/{uuid}/remove/").status_code == 409
    shown(owner.get("/panel/staff/"))
    answer = owner.post(f"/panel/staff/{uuid}/", {"roles": ["accountant"]})
    assert answer.status_code == 422


def test_who_removes_themselves_is_logged_out(clinic, owner):
    clinic.hire("staff-manager")
    answer = owner.post(f"/panel/staff/{clinic.people['owner'].uuid}/remove/")
    assert answer.url == "/"
    assert owner.get("/panel/").url.startswith("/login/")


def test_the_list_is_searched_without_accents_filtered_and_exported(owner):
    invited(owner)
    assert "Łucja Nowa" in shown(owner.get("/panel/staff/?text=lucja"))
    assert "Receptionist 1" not in shown(owner.get("/panel/staff/?text=lucja"))
    assert "Receptionist 1" in shown(owner.get("/panel/staff/?role=receptionist&state=expired"))
    assert "Łucja Nowa" not in shown(owner.get("/panel/staff/?state=expired"))
    assert "Nikogo nie znaleziono" in shown(owner.get("/panel/staff/?text=zzz"))
    lines = owner.get("/panel/staff/staff.csv?text=lucja").content.decode("utf-8-sig").splitlines()
    assert lines[1] == "Łucja Nowa (demo);new@example.org;Rozliczenia (księgowość);Zaproszono;;nie"
    assert owner.get("/panel/staff/staff.xlsx").content.startswith(b"PK")
    assert owner.get("/panel/staff/staff.csv").content.decode("utf-8-sig").count("\r\n") == 5
    assert owner.get("/panel/staff/staff.exe").status_code == 404


def test_the_list_says_when_somebody_began_to_work_here_and_nothing_of_elsewhere(clinic, owner):
    other = cast.provider(2)
    person = clinic.people["receptionist"]
    services.invite_member(
        actor=other.actor("owner"), email=person.email, name="x", roles=["accountant"], at=cast.AT
    )
    clinic.client("receptionist").get("/panel/")
    assert models.Membership.objects.get(user=person, organization_id=clinic.id).entered_at is not None
    assert models.Membership.objects.get(user=person, organization_id=other.id).entered_at is None


def test_the_history_says_who_changed_what(clinic, owner):
    owner.post(f"/panel/staff/{clinic.people['receptionist'].uuid}/", {"roles": ["accountant"]})
    text = shown(owner.get("/panel/staff/history/"))
    assert "Receptionist 1 (demo): zmiana uprawnień" in text
    assert "Przedtem: Wnioski (rejestracja). Teraz: Rozliczenia (księgowość)." in text


def test_the_key_page_asks_for_access_and_the_manager_grants_it(clinic, owner):
    receptionist = clinic.client("receptionist")
    text = shown(receptionist.get("/panel/settlements/"), 403)
    assert "Prośba trafi do: Owner 1 (demo)." in text
    wanted = {"permission": Permission.SETTLEMENT_VIEW}
    assert receptionist.post("/panel/staff/requests/", wanted).url == "/panel/"
    assert "Prośbę o dostęp wysłano" in shown(receptionist.get("/panel/settlements/"), 403)
    assert "już czeka" in shown(receptionist.post("/panel/staff/requests/", wanted, follow=True))
    assert "Nadaj: Rozliczenia (księgowość)" in shown(owner.get("/panel/staff/"))
    row = models.AccessRequest.objects.get()
    owner.post(f"/panel/staff/requests/{row.uuid}/", {"role": "accountant"})
    assert receptionist.get("/panel/settlements/").status_code == 200
    assert "ktoś już odpowiedział" in shown(
        owner.post(f"/panel/staff/requests/{row.uuid}/", {"decline": "1"}, follow=True)
    )


def test_asking_for_what_cannot_be_had_is_not_found(clinic):
    for permission in (Permission.PAYMENT_APPROVE, Permission.CLAIM_SUBMIT, ""):
        answer = clinic.client("receptionist").post("/panel/staff/requests/", {"permission": permission})
        assert answer.status_code == 404
    assert models.AccessRequest.objects.count() == 0


def test_who_may_not_gets_nothing(clinic, client):
    person = clinic.people["receptionist"]
    address = f"/panel/staff/{person.uuid}/remove/"
    assert clinic.client("receptionist").post(address).status_code == 403
    assert cast.provider(2).client("owner").post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert clinic.client("owner").put(address).status_code == 405
    assert clinic.client("owner").get(f"/panel/staff/{person.uuid}/resend/").status_code == 405
    assert models.Membership.objects.get(user=person).is_active


def test_every_workspace_has_its_own(clinic):
    assert clinic.client("owner").get("/panel/staff/").status_code == 200
    assert cast.firm("operator").client("operator").get("/operator/staff/").status_code == 200
    insurer = cast.insurer()
    assert insurer.client("finance-preparer").get("/insurer/staff/").status_code == 403
    assert insurer.client("administrator").get("/insurer/staff/new/").status_code == 200
