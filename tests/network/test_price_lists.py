"""Prices are offered beside limits, accepted from a day, and never change the past."""

from datetime import date, timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, TODAY

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import models, selectors, services
from ols.network.states import PriceListStatus
from ols.notifications.models import OutboxMessage
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db


class World:
    """A clinic and an insurer who co-operate; consultations are open and accepted."""

    def __init__(self) -> None:
        self.insurer, self.clinic, self.contract = scenes.partners("CONS")
        self.owner = self.clinic.actor(Role.OWNER)
        self.manager = self.insurer.actor(Role.NETWORK_MANAGER)
        self.services = [row.id for row in catalog.services(area_id=catalog.area(code="CONS").id)]

    def save(self, prices: dict[int, int], valid_from: date | None = TODAY) -> str:
        return str(
            services.save_prices(
                actor=self.owner,
                contract_uuid=self.contract,
                area_code="CONS",
                valid_from=valid_from,
                prices=prices,
                at=AT,
            )
        )

    def prices_on(self, day: date) -> dict[int, int]:
        rows = models.ContractedPrice.objects.filter(valid_from__lte=day)
        return {row.service_id: row.price_gr for row in rows if row.valid_to is None or day < row.valid_to}


@pytest.fixture
def world() -> World:
    return World()


def letters(template: str) -> list[str]:
    found = OutboxMessage.objects.filter(payload__template=template).order_by("id")
    return [message.payload["to"] for message in found]


def test_the_grid_shows_every_service_with_its_limit(world: World) -> None:
    first, second, *_ = world.services
    services.set_price_limits(
        actor=world.insurer.actor(Role.PLAN_MANAGER), limits={first: 180_00}, valid_from=TODAY, at=AT
    )
    world.save({first: 200_00})
    grid = selectors.price_grid(world.owner, contract_uuid=world.contract, area_code="CONS", on=TODAY)
    assert [row.service_id for row in grid.rows] == world.services
    assert (grid.rows[0].price_gr, grid.rows[1].price_gr) == (200_00, None)
    assert [(row.limit_gr, row.over_gr) for row in grid.rows[:2]] == [(180_00, 20_00), (None, None)]
    assert (grid.version, grid.status, grid.earliest) == (1, PriceListStatus.DRAFT, TODAY)
    assert second == grid.rows[1].service_id


def test_saving_replaces_the_whole_draft(world: World) -> None:
    first, second, *_ = world.services
    uuid = world.save({first: 100, second: 200})
    assert world.save({second: 300}) == uuid
    assert list(models.PriceListItem.objects.values_list("service_id", "price_gr")) == [(second, 300)]


def test_foreign_services_and_prices_below_a_grosz_are_refused(world: World) -> None:
    foreign = catalog.services(area_id=catalog.area(code="LAB").id)[0].id
    with pytest.raises(services.PriceRefused) as refused:
        world.save({world.services[0]: 0, world.services[1]: 100, foreign: 100})
    assert refused.value.service_ids == sorted([world.services[0], foreign])
    assert models.PriceList.objects.count() == 0


def test_an_empty_list_or_a_wrong_start_is_not_sent(world: World) -> None:
    uuid = world.save({})
    with pytest.raises(services.PriceListEmpty):
        services.send_price_list(actor=world.owner, price_list_uuid=uuid, at=AT)
    for day in (None, TODAY - timedelta(days=1)):
        world.save({world.services[0]: 100}, day)
        with pytest.raises(services.StartTooEarly) as refused:
            services.send_price_list(actor=world.owner, price_list_uuid=uuid, at=AT)
        assert refused.value.earliest == TODAY
    assert models.PriceList.objects.get().status == PriceListStatus.DRAFT


def test_an_accepted_list_becomes_the_prices(world: World) -> None:
    wanted = {service: 100 + number for number, service in enumerate(world.services)}
    uuid = scenes.sent_prices(world.clinic, world.contract, "CONS", wanted)
    assert letters("price_list_received") == ["network-manager.insurer1@example.org"]
    services.accept_price_list(actor=world.manager, price_list_uuid=uuid, at=AT)
    assert world.prices_on(TODAY) == wanted
    assert world.prices_on(TODAY - timedelta(days=1)) == {}
    assert letters("price_list_accepted") == ["owner.provider1@example.org"]
    with pytest.raises(TransitionRefused):
        services.accept_price_list(actor=world.manager, price_list_uuid=uuid, at=AT)


def test_a_later_version_leaves_the_past_alone(world: World) -> None:
    first, second, *_ = world.services
    one = scenes.sent_prices(world.clinic, world.contract, "CONS", {first: 100, second: 100})
    services.accept_price_list(actor=world.manager, price_list_uuid=one, at=AT)
    start = TODAY + timedelta(days=10)
    two = world.save({first: 120}, start)
    services.send_price_list(actor=world.owner, price_list_uuid=two, at=AT)
    services.accept_price_list(actor=world.manager, price_list_uuid=two, at=AT)
    assert world.prices_on(start - timedelta(days=1)) == {first: 100, second: 100}
    assert world.prices_on(start) == {first: 120}
    third = world.save({first: 130}, start)
    with pytest.raises(services.StartTooEarly) as refused:
        services.send_price_list(actor=world.owner, price_list_uuid=third, at=AT)
    assert refused.value.earliest == start + timedelta(days=1)


def test_a_list_accepted_late_counts_from_the_day_of_the_answer(world: World) -> None:
    uuid = scenes.sent_prices(world.clinic, world.contract, "CONS", {world.services[0]: 100})
    services.accept_price_list(actor=world.manager, price_list_uuid=uuid, at=AT + timedelta(days=3))
    assert models.ContractedPrice.objects.get().valid_from == TODAY + timedelta(days=3)
    assert models.PriceList.objects.get().valid_from == TODAY + timedelta(days=3)


def test_a_returned_list_is_mended_and_sent_again(world: World) -> None:
    uuid = scenes.sent_prices(world.clinic, world.contract, "CONS", {world.services[0]: 100})
    with pytest.raises(services.PriceListNotEditable):
        world.save({world.services[0]: 90})
    with pytest.raises(services.RemarkMissing):
        services.return_price_list(actor=world.manager, price_list_uuid=uuid, remark=" ", at=AT)
    services.return_price_list(actor=world.manager, price_list_uuid=uuid, remark="Za drogo", at=AT)
    assert models.ContractedPrice.objects.count() == 0
    assert letters("price_list_returned") == ["owner.provider1@example.org"]
    with pytest.raises(NotFound):
        selectors.price_list(world.manager, uuid=uuid)
    assert world.save({world.services[0]: 90}) == uuid
    services.send_price_list(actor=world.owner, price_list_uuid=uuid, at=AT)
    (waiting,) = selectors.price_lists_waiting(world.manager)
    assert (waiting.uuid, waiting.services, waiting.over) == (uuid, 1, 0)


def test_an_area_is_priced_after_its_terms(world: World) -> None:
    manager = world.manager
    area = catalog.area(code="LAB")
    for opens_on, is_open in ((TODAY + timedelta(days=1), False), (TODAY, True)):
        services.open_area(actor=manager, area_id=area.id, opens_on=opens_on, at=AT)
        if not models.TermsVersion.objects.filter(area_id=area.id).exists():
            scenes.publish(world.insurer, "thematic", area_id=area.id)
        found = selectors.contract_area(world.owner, uuid=world.contract, code="LAB", on=TODAY)
        assert found.is_open is is_open
        with pytest.raises(services.AreaNotOpen):
            services.save_prices(
                actor=world.owner,
                contract_uuid=world.contract,
                area_code="LAB",
                valid_from=TODAY,
                prices={},
                at=AT,
            )
    with pytest.raises(NotFound):
        selectors.contract_area(world.owner, uuid=world.contract, code="DENT", on=TODAY)


def test_prices_need_an_active_contract(world: World) -> None:
    models.Contract.objects.update(status="suspended")
    with pytest.raises(services.ContractNotActive):
        world.save({world.services[0]: 100})


def test_strangers_and_colleagues_without_the_key_are_refused(world: World) -> None:
    uuid = scenes.sent_prices(world.clinic, world.contract, "CONS", {world.services[0]: 100})
    stranger = cast.provider(2).actor(Role.OWNER)
    rival = cast.insurer(2).actor(Role.NETWORK_MANAGER)
    for act in (
        lambda: selectors.price_list(stranger, uuid=uuid),
        lambda: selectors.price_list(rival, uuid=uuid),
        lambda: selectors.price_grid(stranger, contract_uuid=world.contract, area_code="CONS", on=TODAY),
        lambda: selectors.price_grid(world.manager, contract_uuid=world.contract, area_code="CONS", on=TODAY),
        lambda: services.withdraw_price_list(actor=stranger, price_list_uuid=uuid, at=AT),
        lambda: services.send_price_list(actor=stranger, price_list_uuid=uuid, at=AT),
        lambda: services.accept_price_list(actor=rival, price_list_uuid=uuid, at=AT),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotPermitted):
        services.withdraw_price_list(actor=world.clinic.actor(Role.RECEPTIONIST), price_list_uuid=uuid, at=AT)
    with pytest.raises(NotPermitted):
        services.accept_price_list(actor=world.insurer.actor(Role.PLAN_MANAGER), price_list_uuid=uuid, at=AT)
    assert models.PriceList.objects.get().status == PriceListStatus.SENT
