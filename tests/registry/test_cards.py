"""A clinic's business cards: made with the facility, edited, versions, undo, and nobody else's."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import transaction
from tests import cast

from ols.audit import models as audit
from ols.db.errors import NotFound
from ols.kernel import hours
from ols.kernel.actor import NotPermitted
from ols.registry import models, selectors, services

pytestmark = pytest.mark.django_db
WEEK = (hours.parse_day("8-16"),) * 5 + ((), ())


@pytest.fixture
def clinic():
    return cast.provider()


@pytest.fixture
def owner(clinic):
    return clinic.actor("owner")


def only(actor) -> selectors.CardRow:
    (card,) = selectors.own_cards(actor)
    return card


def saved(actor, **changes) -> selectors.CardRow:
    card = only(actor)
    services.save_card(
        actor=actor,
        card_uuid=card.uuid,
        data=replace(card.data, **changes),
        revision=card.revision,
        at=cast.AT,
    )
    return only(actor)


def test_a_facility_has_a_card_of_its_own_data_from_the_beginning(owner) -> None:
    card = only(owner)
    assert (card.data.street, card.data.city, card.data.voivodeship) == ("Lipowa 1", "Warszawa", "14")
    assert card.data.phone == "+48600000011"
    assert (round(card.latitude, 1), round(card.longitude, 1), card.is_exact) == (52.2, 21.0, False)
    assert card.uuid == models.Facility.objects.get().uuid
    assert card.edited_at is None


def test_an_unedited_card_follows_the_facility_and_an_edited_one_does_not(owner) -> None:
    data = services.FacilityData("Nowa (demo)", "Polna 2", "90-001", "Łódź", "+48600000012", "a@example.org")
    services.update_facility(actor=owner, data=data, at=cast.AT)
    assert only(owner).data.street == "Polna 2"
    saved(owner, phone="+48600000099")
    services.update_facility(actor=owner, data=replace(data, street="Polna 3"), at=cast.AT)
    assert only(owner).data.street == "Polna 2"


def test_everything_typed_is_kept_and_each_save_is_a_version_with_its_event(owner) -> None:
    card = saved(
        owner, week=WEEK, languages=("en", "uk"), wheelchair="yes", specialities=("kardiologia",), website=""
    )
    assert (card.data.week, card.data.languages, card.data.specialities) == (
        WEEK,
        ("en", "uk"),
        ("kardiologia",),
    )
    assert card.revision == 2
    assert [row.revision for row in selectors.own_card_versions(owner, uuid=card.uuid)] == [2, 1]
    event = audit.Event.objects.filter(event="card.save").get()
    assert event.data["fields"] == ["languages", "specialities", "week", "wheelchair"]


def test_saving_the_same_changes_nothing(owner) -> None:
    assert saved(owner).revision == 1
    assert not audit.Event.objects.filter(event="card.save").exists()


def test_an_earlier_version_comes_back_whole(owner) -> None:
    before = saved(owner, week=WEEK, latitude=52.1, longitude=21.1)
    after = saved(owner, week=hours.NEVER, latitude=None, longitude=None, name="Inna (demo)")
    services.restore_card(
        actor=owner, card_uuid=after.uuid, version=before.revision, revision=after.revision, at=cast.AT
    )
    assert only(owner).data == before.data
    assert only(owner).revision == 4


def test_of_two_who_save_the_second_is_told(owner) -> None:
    card = only(owner)
    saved(owner, name="Pierwsza (demo)")
    with pytest.raises(services.CardChanged):
        services.save_card(
            actor=owner, card_uuid=card.uuid, data=card.data, revision=card.revision, at=cast.AT
        )
    assert only(owner).data.name == "Pierwsza (demo)"


def test_a_point_outside_poland_is_refused(owner) -> None:
    with pytest.raises(services.OutsidePoland):
        saved(owner, latitude=52.52, longitude=13.4)
    assert saved(owner, latitude=54.4, longitude=18.6).is_exact


def test_a_town_nobody_knows_gives_no_point(owner) -> None:
    card = saved(owner, city="Nieznane Miasto")
    assert (card.latitude, card.longitude) == (None, None)


def test_further_addresses_get_cards_of_their_own(owner) -> None:
    uuid = services.add_card(actor=owner, data=replace(only(owner).data, street="Polna 7"), at=cast.AT)
    assert [card.uuid for card in selectors.own_cards(owner)][1] == uuid


def test_who_may_not_edit_the_data_edits_no_card(clinic, owner) -> None:
    card = only(owner)
    with pytest.raises(NotPermitted):
        services.save_card(
            actor=clinic.actor("receptionist"),
            card_uuid=card.uuid,
            data=replace(card.data, name="X"),
            revision=card.revision,
            at=cast.AT,
        )


def test_another_clinics_card_is_not_there(owner) -> None:
    stranger = cast.provider(2).actor("owner")
    card = only(owner)
    with pytest.raises(NotFound):
        selectors.own_card(stranger, uuid=card.uuid)
    with pytest.raises(NotFound):
        services.save_card(actor=stranger, card_uuid=card.uuid, data=card.data, revision=1, at=cast.AT)
    # Negative control: the same question by its owner is answered.
    assert selectors.own_card(owner, uuid=card.uuid).uuid == card.uuid


def test_a_facility_without_a_card_gets_one_once(clinic) -> None:
    with transaction.atomic():
        models.Facility.objects.create(
            organization_id=clinic.id, name="Druga (demo)", street="A 1", postal_code="90-001", city="Łódź"
        )
    assert services.make_missing_cards(actor=cast.SYSTEM, at=cast.AT) == 1
    assert services.make_missing_cards(actor=cast.SYSTEM, at=cast.AT) == 0
    made = selectors.own_cards(clinic.actor("owner"))[1]
    assert (made.data.city, made.data.voivodeship) == ("Łódź", "10")
    assert isinstance(made.uuid, UUID)
