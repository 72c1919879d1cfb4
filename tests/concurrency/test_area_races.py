"""An area is closed in the instant a clinic sends its list: it is sent, or it waits and the clinic is told.

The checker compares the list with the letters, and is shown to see a planted fault in the same run.
"""

import time

import pytest
from tests import scenes
from tests.cast import AT, TODAY
from tests.together import at_once

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, services
from ols.network.services import area_closings
from ols.network.services.price_lists import locking, sending
from ols.notifications.models import OutboxMessage

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return scenes.partners("CONS")


def race(world) -> bool:
    """Close and send at once; say whether exactly one of both outcomes came."""
    insurer, clinic, contract = world
    area = catalog.area(code="CONS").id
    uuid = services.save_prices(
        actor=clinic.actor(Role.OWNER),
        contract_uuid=contract,
        area_code="CONS",
        valid_from=TODAY,
        prices={catalog.services(area_id=area)[0].id: 100_00},
        at=AT,
    )
    manager, owner = insurer.actor(Role.NETWORK_MANAGER), clinic.actor(Role.OWNER)
    closed, sent = at_once(
        lambda: services.close_area(actor=manager, area_id=area, closes_on=TODAY, at=AT),
        lambda: services.send_price_list(actor=owner, price_list_uuid=str(uuid), at=AT),
    )
    assert isinstance(closed, int), closed
    assert sent is None or isinstance(sent, services.AreaClosed), sent
    is_sent = models.PriceList.objects.get(uuid=uuid).status == "sent"
    told = OutboxMessage.objects.filter(payload__template="area_closing").count()
    return is_sent == (sent is None) and told == closed == int(not is_sent)


def again(world) -> None:
    """Open the area, and let the clinic begin anew."""
    insurer, clinic, _contract = world
    area, manager = catalog.area(code="CONS").id, insurer.actor(Role.NETWORK_MANAGER)
    services.reopen_area(actor=manager, area_id=area, reopens_on=TODAY, at=AT)
    for row in models.PriceList.objects.filter(status="sent"):
        services.withdraw_price_list(actor=clinic.actor(Role.OWNER), price_list_uuid=str(row.uuid), at=AT)
    OutboxMessage.objects.all().delete()


def test_closing_and_sending_at_once_has_one_outcome(world):
    for _round in range(6):
        assert race(world)
        again(world)


def test_the_checker_sees_a_sending_that_does_not_hold_the_area(world, monkeypatch):
    """Negative control: without the lock a list goes out although the closing told the clinic otherwise."""

    def blind(contract, area_id, *, on):
        row = models.AreaOpening.objects.filter(insurer_id=contract.insurer_id, area_id=area_id).get()
        if row.days.is_closed(on):
            raise locking.AreaClosed
        time.sleep(0.3)

    real = area_closings.contracts_with_unsent

    def slowly(**named):
        found = real(**named)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(sending, "require_not_closed", blind)
    monkeypatch.setattr(area_closings, "contracts_with_unsent", slowly)
    seen = []
    for _round in range(6):
        seen.append(race(world))
        if not seen[-1]:
            break
        again(world)
    assert False in seen
