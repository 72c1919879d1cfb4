"""A provider's own data: shown, changed, confirmed."""

import dataclasses

import pytest
from tests import cast

from ols.accounts.permissions import Role
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.registry import models, selectors, services

pytestmark = pytest.mark.django_db

NEW = services.FacilityData(
    name="Przychodnia Nowa (demo)",
    street="Długa 2",
    postal_code="90-001",
    city="Łódź",
    phone="+48600000012",
    email="nowa@example.org",
)


def test_confirmed_data_stay_confirmed_until_they_change() -> None:
    owner = cast.provider().actor(Role.OWNER)
    assert selectors.data_confirmation(owner) is None
    services.confirm_data(actor=owner, at=cast.AT)
    services.confirm_data(actor=owner, at=cast.AT)
    assert models.DataConfirmation.objects.count() == 1
    assert selectors.data_confirmation(owner) == selectors.ConfirmationRow(cast.AT, owner.user_id)
    services.update_facility(actor=owner, data=NEW, at=cast.AT)
    assert selectors.data_confirmation(owner) is None


def test_a_change_is_recorded_by_field_names_only() -> None:
    owner = cast.provider().actor(Role.OWNER)
    services.update_facility(actor=owner, data=NEW, at=cast.AT)
    row = models.Facility.objects.get()
    assert (row.name, row.city, row.phone) == (NEW.name, "Łódź", "+48600000012")
    event, card = audit.history(subject_uuid=row.uuid)[-2:]
    assert (event.event, card.event) == ("facility.update", "card.follow")
    assert event.data == {"fields": ["city", "email", "name", "phone", "postal_code", "street"]}


def test_saving_the_same_data_records_nothing() -> None:
    firm = cast.provider()
    owner = firm.actor(Role.OWNER)
    same = dataclasses.asdict(selectors.own_facility(owner))
    data = services.FacilityData(**{name: same[name] for name in dataclasses.asdict(NEW)})
    services.update_facility(actor=owner, data=data, at=cast.AT)
    events = [row.event for row in audit.history(subject_uuid=models.Facility.objects.get().uuid)]
    assert events == ["facility.create", "card.make"]


def test_a_receptionist_may_look_but_not_touch() -> None:
    receptionist = cast.provider().actor(Role.RECEPTIONIST)
    assert selectors.own_facility(receptionist).city == "Warszawa"
    for refused in (
        lambda: services.confirm_data(actor=receptionist, at=cast.AT),
        lambda: services.update_facility(actor=receptionist, data=NEW, at=cast.AT),
    ):
        with pytest.raises(NotPermitted):
            refused()
    assert models.DataConfirmation.objects.count() == 0
    assert models.Facility.objects.get().city == "Warszawa"


def test_two_providers_do_not_touch_each_other() -> None:
    first, second = cast.provider(1), cast.provider(2)
    services.update_facility(actor=first.actor(Role.OWNER), data=NEW, at=cast.AT)
    assert selectors.own_facility(second.actor(Role.OWNER)).city == "Warszawa"


def test_an_organization_without_a_facility_has_none() -> None:
    with pytest.raises(NotFound):
        selectors.own_facility(cast.insurer().actor(Role.NETWORK_MANAGER))
