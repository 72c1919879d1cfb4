"""Clinics are told once, on the day an area opens and can be joined."""

from datetime import timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, TODAY

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, selectors, services
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=7)


def letters() -> list[str]:
    rows = OutboxMessage.objects.filter(payload__template="area_opened").order_by("id")
    return [row.payload["to"] for row in rows]


def run(days: int) -> int:
    return services.announce_openings(actor=cast.SYSTEM, at=AT + timedelta(days=days))


def test_dentistry_is_announced_and_told_when_it_opens():
    operator, insurer, clinic, stranger = cast.operator(), cast.insurer(), cast.provider(), cast.provider(2)
    scenes.prepare_insurer(insurer, "CONS")
    for one in (clinic, stranger):
        scenes.finish_stage_two(operator, one)
    contract = scenes.active(clinic, insurer)
    scenes.offered(stranger, insurer)
    assert run(0) == 1
    assert letters() == ["owner.provider1@example.org"]
    manager, dent = insurer.actor(Role.NETWORK_MANAGER), catalog.area(code="DENT")
    for day in (TODAY + timedelta(days=3), DAY):
        services.open_area(actor=manager, area_id=dent.id, opens_on=day, at=AT)
    (area,) = [
        row
        for row in selectors.contract_areas(clinic.actor(Role.OWNER), uuid=contract, on=TODAY)
        if row.code == "DENT"
    ]
    assert (area.is_announced, area.is_open, area.days.opens_on) == (True, False, DAY)
    assert (run(6), run(7)) == (0, 0)
    scenes.publish(insurer, "thematic", area_id=dent.id)
    assert (run(6), run(7), run(8)) == (0, 1, 0)
    assert letters() == ["owner.provider1@example.org"] * 2
    assert models.AreaOpening.objects.filter(told_at=None).count() == 0
