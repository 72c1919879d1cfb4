"""The operator adds an insurer."""

from datetime import time

import pytest
from tests import cast

from ols.accounts import models
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
ADDRESS = "/operator/insurers/new/"
GIVEN = {
    "name": "Nowe Towarzystwo (demo)",
    "nip": "526-000-12-46",
    "street": "Lipowa 2",
    "postal_code": "00-001",
    "city": "Łódź",
    "email": "office@example.org",
    "phone": "600 000 020",
    "iban": "61 1090 1014 0000 0712 1981 2874",
    "office_opens": "7.30",
    "office_closes": "15:30",
    "administrator": "Administratorka (demo)",
    "administrator_email": "admin@example.org",
}


@pytest.fixture
def operator():
    return cast.operator()


def counts():
    return models.Organization.objects.count(), models.User.objects.count(), OutboxMessage.objects.count()


def test_an_insurer_is_added_and_its_administrator_invited(operator):
    client = operator.client("operator")
    page = client.get(ADDRESS).content.decode()
    assert 'value="08:00"' in page
    answer = client.post(ADDRESS, GIVEN)
    assert (answer.status_code, answer["Location"]) == (302, "/operator/organizations/")
    row = models.Organization.objects.get(kind="insurer")
    assert (row.nip, row.iban, row.phone, row.office_opens, row.office_closes) == (
        "5260001246",
        "PL61109010140000071219812874",
        "+48600000020",
        time(7, 30),
        time(15, 30),
    )
    assert row.memberships.get().roles == ["administrator"]
    assert OutboxMessage.objects.get().payload["to"] == "admin@example.org"
    listed = client.get("/operator/organizations/").content.decode()
    assert "Nowe Towarzystwo (demo)" in listed
    assert ADDRESS in listed


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"nip": "526-000-12-47"}, "NIP: "),
        ({"iban": "61 1090 1014 0000 0712 1981 2875"}, "iban"),
        ({"office_opens": "25:00"}, "office_opens"),
        ({"office_closes": "7:30"}, "office_closes"),
        ({"administrator_email": "admin(at)x"}, "administrator_email"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_input_keeps_what_was_typed(operator, wrong, words):
    before = counts()
    answer = operator.client("operator").post(ADDRESS, GIVEN | wrong)
    text = answer.content.decode()
    assert (answer.status_code, counts()) == (422, before)
    summary = text.split("error-summary", 1)[1].split("</ul>")[0]
    assert (words in summary, summary.count("<li>")) == (True, 1)
    assert 'value="Łódź"' in text
    assert all(f'value="{value}"' in text for value in wrong.values() if value)


def test_an_insurer_that_is_there_is_not_added_again(operator):
    client = operator.client("operator")
    client.post(ADDRESS, GIVEN)
    before = counts()
    answer = client.post(ADDRESS, GIVEN)
    assert (answer.status_code, counts()) == (422, before)
    assert 'href="#id_nip"' in answer.content.decode()


def test_who_may_not_gets_nothing(operator, client):
    insurer = cast.insurer()
    before = counts()
    for verb in ("get", "post"):
        assert getattr(insurer.client("administrator"), verb)(ADDRESS, GIVEN).status_code == 403
        nobody = getattr(client, verb)(ADDRESS, GIVEN)
        assert (nobody.status_code, nobody["Location"].startswith("/login/")) == (302, True)
    assert operator.client("operator").put(ADDRESS).status_code == 405
    assert counts() == before
