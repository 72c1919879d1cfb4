"""A price list being worked on keeps everything that was typed, from several people at once."""

import pytest
from tests import cast, scenes
from tests.cast import AT, TODAY
from tests.network.test_price_lists import World

from ols.accounts.permissions import Role
from ols.audit import models as audit
from ols.catalog import models as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.kernel.merging import Tab
from ols.network import models, selectors, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def keep(world: World, typed: dict, *, tab: str = "a", seen: int = 0, chosen: int = 0, actor=None):
    return services.keep_entries(
        actor=actor or world.owner,
        contract_uuid=world.contract,
        area_code="CONS",
        typed={str(service): text for service, text in typed.items()},
        tab=Tab(tab, seen, chosen),
        at=AT,
    )


def sheet(world: World) -> selectors.PriceSheet:
    return selectors.price_sheet(world.owner, contract_uuid=world.contract, area_code="CONS", on=TODAY)


def texts(world: World) -> dict[int, str]:
    return {row.row.service_id: row.checked.text for row in sheet(world).rows if row.checked.text}


def test_wrong_rows_are_kept_beside_prices(world: World) -> None:
    first, second, third, *_ = world.services
    found = keep(world, {first: "200", second: "1e3", third: " "})
    assert (found.version, found.conflicts, found.others) == (1, {}, {})
    assert texts(world) == {first: "200,00", second: "1e3"}
    assert list(models.PriceListItem.objects.values_list("service_id", "price_gr")) == [(first, 200_00)]
    shown = sheet(world)
    assert (shown.priced, shown.wrong, shown.over, shown.version) == (1, 1, 0, 1)
    assert (shown.start, shown.grid.valid_from) == ("23.11.2026", TODAY)


def test_wrong_rows_are_not_sent(world: World) -> None:
    first, second, *_ = world.services
    keep(world, {first: "200", second: "1e3"})
    uuid = str(models.PriceList.objects.get().uuid)
    with pytest.raises(services.PricesUnreadable) as refused:
        services.send_price_list(actor=world.owner, price_list_uuid=uuid, at=AT)
    assert refused.value.codes == ["CONS-002"]
    keep(world, {second: ""}, seen=1)
    services.send_price_list(actor=world.owner, price_list_uuid=uuid, at=AT)
    with pytest.raises(services.PriceListNotEditable):
        keep(world, {second: "5"}, seen=2)


def test_rows_of_two_people_are_merged(world: World) -> None:
    first, second, third, *_ = world.services
    world.clinic.hire(Role.PRICE_EDITOR)
    manager = world.clinic.actor(Role.PRICE_EDITOR)
    keep(world, {first: "100"})
    other = keep(world, {second: "200"}, tab="b", actor=manager)
    assert other.others[str(first)] == services.Theirs("100,00", world.owner.name)
    mine = keep(world, {third: "300", second: ""}, seen=1)
    assert (mine.version, mine.conflicts) == (3, {})
    assert mine.others == {str(second): services.Theirs("200,00", manager.name)}
    assert texts(world) == {first: "100,00", second: "200,00", third: "300,00"}


def test_a_row_both_have_changed_is_asked_about(world: World) -> None:
    first, second, *_ = world.services
    world.clinic.hire(Role.PRICE_EDITOR)
    manager = world.clinic.actor(Role.PRICE_EDITOR)
    keep(world, {first: "100"}, tab="b", actor=manager)
    mine = keep(world, {first: "120", second: "5"})
    assert mine.conflicts == {str(first): services.Theirs("100,00", manager.name)}
    assert texts(world) == {first: "100,00", second: "5,00"}
    keep(world, {first: "120"}, seen=mine.version, chosen=mine.version)
    assert texts(world)[first] == "120,00"


def test_a_lost_answer_is_no_conflict_with_oneself(world: World) -> None:
    first, *_ = world.services
    keep(world, {first: "100"})
    assert keep(world, {first: "100"}).version == 1
    again = keep(world, {first: "110"})
    assert (again.version, again.conflicts, texts(world)) == (2, {}, {first: "110,00"})


def test_the_next_version_begins_with_the_prices_in_force(world: World) -> None:
    first, second, *_ = world.services
    uuid = scenes.sent_prices(world.clinic, world.contract, "CONS", {first: 100_00, second: 100_00})
    services.accept_price_list(actor=world.manager, price_list_uuid=uuid, at=AT)
    assert keep(world, {}).version == 0
    assert models.PriceList.objects.count() == 1
    keep(world, {first: "110"})
    assert texts(world) == {first: "110,00", second: "100,00"}
    assert models.PriceList.objects.get(status="draft").items.count() == 2
    keep(world, {second: ""}, seen=1)
    dropped = [row.row.service_id for row in sheet(world).rows if row.checked.drops_gr]
    assert dropped == [second]


def test_a_change_of_the_list_itself_is_seen(world: World) -> None:
    """As an accepted counter-offer makes it: the items alone."""
    first, second, *_ = world.services
    keep(world, {first: "100", second: "1e3"})
    models.PriceListItem.objects.update(price_gr=90_00)
    assert texts(world) == {first: "90,00", second: "1e3"}
    models.PriceListItem.objects.all().delete()
    assert texts(world) == {second: "1e3"}
    assert keep(world, {second: "7"}, seen=1).conflicts == {}
    assert texts(world) == {second: "7,00"}


def test_one_event_for_each_page_that_types(world: World) -> None:
    first, *_ = world.services
    for text in ("1", "12", "120"):
        keep(world, {first: text})
    keep(world, {first: "130"}, tab="b", seen=3)
    events = audit.Event.objects.filter(event="price_list.save")
    assert [event.data for event in events.order_by("id")] == [{"area": "CONS", "prices": 1}] * 2


def test_a_service_retired_by_the_first_day_is_neither_sent_nor_in_the_way(world: World) -> None:
    first, second, third, *_ = world.services
    keep(world, {first: "100", second: "1e3", third: "300"})
    uuid = str(models.PriceList.objects.get().uuid)
    own = catalog.Service.objects.filter(pk__in=[second, third])
    own.update(insurer_id=world.insurer.id, retired_on=TODAY)
    assert texts(world) == {first: "100,00"}
    keep(world, {first: "110"}, seen=1)
    services.send_price_list(actor=world.owner, price_list_uuid=uuid, at=AT)
    assert list(models.PriceListItem.objects.values_list("service_id", "price_gr")) == [(first, 110_00)]


def test_foreign_rows_and_people_change_nothing(world: World) -> None:
    assert keep(world, {999_999: "5"}).version == 0
    with pytest.raises(NotFound):
        keep(world, {}, actor=cast.provider(2).actor(Role.OWNER))
    with pytest.raises(NotPermitted):
        keep(world, {}, actor=world.clinic.actor(Role.RECEPTIONIST))
    assert models.PriceList.objects.count() == 0
