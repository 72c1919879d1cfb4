"""`ols create-operator`: a real installation begins; whatever is wrong changes nothing."""

import re

import pytest
import time_machine
from django.core import mail
from tests import cast

from ols.accounts import models
from ols.accounts import services as accounts
from ols.catalog import models as catalog
from ols.cli import create_operator
from ols.kernel.actor import Actor
from ols.notifications import email
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
GIVEN = {
    "--name": "Operator Platformy (demo)",
    "--nip": "526-000-12-46",
    "--email": "first@example.org",
    "--person": "Pierwsza Osoba (demo)",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(cast.AT, tick=False):
        yield


def run(**other: str) -> int:
    given = GIVEN | {f"--{name}": value for name, value in other.items()}
    return create_operator.run([word for pair in given.items() for word in pair])


def test_the_operator_its_person_and_the_catalog_are_there(capsys):
    catalog.Service.objects.all().delete()
    catalog.ServiceArea.objects.all().delete()
    assert run() == 0
    organization = models.Organization.objects.get()
    assert (organization.kind, organization.nip, organization.name) == (
        "operator",
        "5260001246",
        "Operator Platformy (demo)",
    )
    member = models.Membership.objects.get()
    assert (member.user.email, member.roles) == ("first@example.org", ["operator"])
    assert not member.user.has_usable_password()
    assert (catalog.ServiceArea.objects.count(), catalog.Service.objects.count()) == (7, 63)
    (secret,) = re.findall(r"/password/([\w-]+)/", capsys.readouterr().out)
    email.send(OutboxMessage.objects.get().payload)
    assert secret in mail.outbox[0].body
    person = Actor.system("web")
    accounts.set_password(actor=person, secret=secret, password="długie-hasło-2026", at=cast.AT)
    with pytest.raises(accounts.PasswordLinkInvalid):
        accounts.set_password(actor=person, secret=secret, password="inne-hasło-2026", at=cast.AT)


def test_a_second_operator_is_refused(capsys):
    cast.operator()
    assert run() == 1
    assert "There is an operator already" in capsys.readouterr().err
    assert models.Organization.objects.count() == 1
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"nip": "526-000-12-47"}, "is no NIP"),
        ({"email": "first(at)example.org"}, "is no e-mail address"),
        ({"name": " "}, "1 to 250 characters"),
        ({"person": "x" * 121}, "1 to 120 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(capsys, wrong, words):
    with pytest.raises(SystemExit) as left:
        run(**wrong)
    assert left.value.code == 2
    assert words in capsys.readouterr().err
    assert models.Organization.objects.count() == 0
