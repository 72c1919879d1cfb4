"""The public search after an insurer retired a service of its own: what is gone is not found, on the day."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.cast import TODAY
from tests.network.public_world import World

from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.network import models
from ols.network.selectors.public_places import find_places
from ols.network.selectors.public_statement import Wanted

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def world():
    return World()


def make_own(world, service_ids, *, retired_on) -> None:
    own = "UPDATE catalog_service SET insurer_id = %s, retired_on = %s WHERE id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(own, [world.insurers[0].id, retired_on, list(service_ids)])


def priced(world, clinic=0) -> list[int]:
    prices = models.ContractedPrice.objects.filter(contract=world.contract(clinic)).order_by("service_id")
    return list(prices.values_list("service_id", flat=True))


def found_by_text(world, text, day) -> list[str]:
    services = catalog.find_services(text=text, insurer_id=world.insurers[0].id, on=day)
    return world.names(0, service_ids=tuple(row.id for row in services), words=tuple(text.split()), day=day)


def test_a_retired_service_finds_nobody_from_its_day_on(world) -> None:
    code = catalog.services_by_id(ids=priced(world))[priced(world)[0]].code.lower()
    make_own(world, priced(world)[:1], retired_on=TOMORROW)
    # Negative control: the day before, both clinics are found by it.
    assert found_by_text(world, code, TODAY) == ["1", "3"]
    assert found_by_text(world, code, TOMORROW) == []
    assert world.names(0, day=TOMORROW) == ["1", "3"]


def test_who_has_prices_of_retired_services_only_is_no_longer_there(world) -> None:
    others = models.ContractedPrice.objects.filter(
        contract=world.contract(0), service_id__in=priced(world)[1:]
    )
    others.update(valid_to=TODAY)
    make_own(world, priced(world, 2)[:1], retired_on=TOMORROW)
    area = catalog.area(code="CONS").id
    assert world.names(0, day=TODAY) == ["1", "3"]
    assert world.names(0, day=TOMORROW) == ["3"]
    assert world.names(0, day=TOMORROW, area_id=area) == ["3"]
    assert {row.name.split()[1] for row in rows(world, TOMORROW) if area in row.area_ids} == {"3"}
    make_own(world, priced(world, 2)[:1], retired_on=TODAY)
    with pytest.raises(NotFound):
        world.clinic(0)


def rows(world, day):
    return find_places(insurer_id=world.insurers[0].id, wanted=Wanted(day=day)).rows


def test_an_area_goes_with_its_last_service_and_the_others_stay(world) -> None:
    other = catalog.area(code="LAB")
    (service, *_) = catalog.services(area_id=other.id)
    contract = world.contract(0)
    agreed = models.PriceList.objects.get(contract=contract)
    models.ContractedPrice.objects.create(
        contract=contract, insurer_id=contract.insurer_id, provider_id=contract.provider_id,
        area_id=other.id, service_id=service.id, price_list=agreed, price_gr=100, valid_from=TODAY,
    )  # fmt: skip
    assert world.names(0, area_id=other.id) == ["1"]
    make_own(world, [service.id], retired_on=TOMORROW)
    assert world.names(0, area_id=other.id, day=TOMORROW) == []
    assert [len(row.area_ids) for row in rows(world, TODAY)] == [2, 1]
    assert [len(row.area_ids) for row in rows(world, TOMORROW)] == [1, 1]
    # The other insurer knows nothing of it.
    assert world.names(1, day=TOMORROW) == ["2", "3"]
