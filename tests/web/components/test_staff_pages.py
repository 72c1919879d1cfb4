"""Staff pages: works · colleague without the role · other organization · anonymous · wrong verb."""

import pytest
from tests import cast

from ols.accounts import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return cast.provider()


def test_an_owner_invites_changes_and_removes(clinic):
    client = clinic.client("owner")
    answer = client.post(
        "/panel/staff/new/", {"name": "Nowa (demo)", "email": "new@example.org", "roles": ["accountant"]}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/panel/staff/")
    person = models.User.objects.get(email="new@example.org")
    assert "new@example.org" in client.get("/panel/staff/").content.decode()
    client.post(f"/panel/staff/{person.uuid}/", {"roles": ["receptionist", "accountant"]})
    assert models.Membership.objects.get(user=person).roles == ["receptionist", "accountant"]
    client.post(f"/panel/staff/{person.uuid}/remove/")
    assert not models.Membership.objects.get(user=person).is_active


def test_wrong_input_keeps_what_was_typed(clinic):
    answer = clinic.client("owner").post("/panel/staff/new/", {"name": "Nowa (demo)", "email": "new(at)x"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Nowa (demo)"' in text
    assert 'value="new(at)x"' in text


def test_the_last_owner_stays(clinic):
    client = clinic.client("owner")
    owner = clinic.people["owner"]
    client.post(f"/panel/staff/{owner.uuid}/remove/")
    assert client.get("/panel/staff/").status_code == 200
    answer = client.post(f"/panel/staff/{owner.uuid}/", {"roles": ["accountant"]})
    assert answer.status_code == 422


def test_who_may_not_gets_nothing(clinic, client):
    person = clinic.people["receptionist"]
    address = f"/panel/staff/{person.uuid}/remove/"
    assert clinic.client("receptionist").post(address).status_code == 403
    assert cast.provider(2).client("owner").post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert clinic.client("owner").get(address).status_code == 405
    assert models.Membership.objects.get(user=person).is_active


def test_every_workspace_has_its_own(clinic):
    assert clinic.client("owner").get("/panel/staff/").status_code == 200
    assert cast.firm("operator").client("operator").get("/operator/staff/").status_code == 200
    assert cast.insurer().client("finance-preparer").get("/insurer/staff/").status_code == 403
