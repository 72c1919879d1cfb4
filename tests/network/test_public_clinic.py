"""A clinic's public page: prices only by its own word, and only what counts on the day."""

from uuid import UUID

import pytest
from django.db import connection
from tests.cast import AT, TODAY
from tests.network.public_world import World

from ols.db.errors import NotFound
from ols.network import models
from ols.network.selectors import public_clinic
from ols.network.services import public_network as public

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_prices_are_shown_only_with_consent_and_hidden_again_at_once(world) -> None:
    owner, contract = world.clinics[2].actor("owner"), UUID(str(world.contract(2).uuid))
    assert [row.price_gr for row in world.clinic(2).services if row.price_gr is not None] == []
    public.give_price_consent(actor=owner, contract_uuid=contract, at=AT)
    public.give_price_consent(actor=owner, contract_uuid=contract, at=AT)
    assert world.clinic(2).shows_prices
    assert all(row.price_gr is not None for row in world.clinic(2).services)
    # The word is for one insurer: the other one's page shows no price.
    assert not world.clinic(2, insurer=1).shows_prices
    assert {row.price_gr for row in world.clinic(2, insurer=1).services} == {None}
    public.withdraw_price_consent(actor=owner, contract_uuid=contract, at=AT)
    assert {row.price_gr for row in world.clinic(2).services} == {None}
    (kept,) = models.PriceConsent.objects.all()
    assert (kept.given_by, kept.withdrawn_by) == (owner.name, owner.name)
    consents = public_clinic.own_consents(owner)
    assert [row.is_given for row in consents] == [False, False]


def test_nobody_else_gives_a_clinics_word(world) -> None:
    contract = UUID(str(world.contract(0).uuid))
    for actor in (world.clinics[1].actor("owner"),):
        with pytest.raises(NotFound):
            public.give_price_consent(actor=actor, contract_uuid=contract, at=AT)
    models.Contract.objects.filter(uuid=contract).update(status="ended")
    with pytest.raises(public.NotActive):
        public.give_price_consent(actor=world.clinics[0].actor("owner"), contract_uuid=contract, at=AT)


def test_a_service_that_was_retired_leaves_the_page_on_its_day(world) -> None:
    (first, *_), before = world.clinic(0).services, len(world.clinic(0).services)
    own = "UPDATE catalog_service SET insurer_id = %s, retired_on = %s WHERE code = %s"
    with connection.cursor() as cursor:
        cursor.execute(own, [world.insurers[0].id, TODAY, first.code])
    left = world.clinic(0).services
    assert (len(left), first.code in {row.code for row in left}) == (before - 1, False)
