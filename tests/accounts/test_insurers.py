"""Insurers are added once, with an administrator who is invited; their account is theirs to change."""

from dataclasses import replace
from datetime import time

import pytest
from tests import cast

from ols.accounts import models, selectors, services
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.kernel.identifiers import IdentifierError, parse_nrb
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
IBAN = parse_nrb("61 1090 1014 0000 0712 1981 2874")
DATA = services.InsurerData(
    name="Nowe Towarzystwo (demo)",
    nip="5260001246",
    street="Lipowa 2",
    postal_code="00-001",
    city="Łódź",
    email="office@example.org",
    phone="+48600000020",
    iban=IBAN,
    office_opens=time(7, 30),
    office_closes=time(15, 30),
)


def add(firm, data=DATA, email="admin@example.org"):
    return services.add_insurer(
        actor=firm.actor("operator"),
        data=data,
        administrator="Administratorka (demo)",
        administrator_email=email,
        at=cast.AT,
    )


def counts():
    return models.Organization.objects.count(), models.User.objects.count(), OutboxMessage.objects.count()


def test_an_insurer_is_added_with_its_administrator():
    uuid = add(cast.operator())
    row = models.Organization.objects.get(uuid=uuid)
    assert (row.kind, row.nip, row.iban, row.office_opens) == ("insurer", "5260001246", IBAN, time(7, 30))
    member = row.memberships.get()
    assert (member.user.email, member.roles) == ("admin@example.org", ["administrator"])
    message = OutboxMessage.objects.get().payload
    assert (message["to"], message["template"]) == ("admin@example.org", "invitation")


def test_who_has_a_password_already_is_told():
    operator = cast.operator()
    person = operator.people["operator"]
    person.set_password("długie-hasło-2026")
    person.save()
    add(operator, email=person.email)
    message = OutboxMessage.objects.get().payload
    assert (message["to"], message["template"]) == (person.email, "added_to_organization")
    assert message["context"]["organization"] == "Nowe Towarzystwo (demo)"


def test_the_same_insurer_is_not_added_twice():
    operator = cast.operator()
    add(operator)
    before = counts()
    with pytest.raises(services.InsurerExists):
        add(operator, replace(DATA, name="Inna nazwa (demo)"), "other@example.org")
    assert counts() == before


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"nip": "5260001247"}, IdentifierError),
        ({"iban": "PL61109010140000071219812875"}, IdentifierError),
        ({"office_closes": time(7, 30)}, services.OfficeHoursWrong),
    ],
)
def test_wrong_data_change_nothing(wrong, refusal):
    operator = cast.operator()
    before = counts()
    with pytest.raises(refusal):
        add(operator, replace(DATA, **wrong))
    assert counts() == before


def test_only_the_operator_adds_insurers():
    insurer = cast.insurer()
    before = counts()
    with pytest.raises(NotPermitted):
        services.add_insurer(
            actor=insurer.actor("administrator"),
            data=DATA,
            administrator="x",
            administrator_email="x@example.org",
            at=cast.AT,
        )
    assert counts() == before


def change(actor, iban=IBAN, opens=time(9), closes=time(17)):
    services.change_own_account(actor=actor, iban=iban, office_opens=opens, office_closes=closes, at=cast.AT)


def test_an_administrator_changes_the_account_and_the_hours():
    insurer, other = cast.insurer(), cast.insurer(2)
    change(insurer.actor("administrator"))
    row = selectors.organization(organization_id=insurer.id)
    assert (row.iban, row.office_opens, row.office_closes) == (IBAN, time(9), time(17))
    assert selectors.organization(organization_id=other.id).iban == ""
    event = audit.history(subject_uuid=row.uuid)[-1]
    assert (event.event, event.data["iban"]) == ("organization.change", ["", IBAN])


def test_a_wrong_account_or_the_wrong_person_changes_nothing():
    insurer, clinic = cast.insurer(), cast.provider()
    administrator = insurer.actor("administrator")
    with pytest.raises(services.OfficeHoursWrong):
        change(administrator, opens=time(17), closes=time(9))
    with pytest.raises(IdentifierError):
        change(administrator, iban="PL00")
    with pytest.raises(NotPermitted):
        change(insurer.actor("network-manager"))
    with pytest.raises(NotFound):
        change(clinic.actor("owner"))
    assert set(models.Organization.objects.values_list("iban", flat=True)) == {""}
