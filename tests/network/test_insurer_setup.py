"""What an insurer sets up is its own: documents, areas, terms."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests import cast, scenes
from tests.cast import AT, TODAY, Firm

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import models, services
from ols.network.selectors import insurer_setup

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurer() -> Firm:
    return scenes.ready_insurer("CONS")


def documents(firm: Firm) -> list[tuple[str, bool]]:
    rows = insurer_setup.own_documents(firm.actor(Role.NETWORK_MANAGER))
    return [(row.code, row.is_active) for row in rows]


def switch(firm: Firm, uuid: UUID, role: str = Role.NETWORK_MANAGER, *, is_active: bool = False) -> None:
    services.switch_document(actor=firm.actor(role), requirement_uuid=uuid, is_active=is_active, at=AT)


def test_a_document_is_switched_off_and_on(insurer: Firm) -> None:
    uuid = models.DocumentRequirement.objects.get().uuid
    switch(insurer, uuid)
    assert documents(insurer) == [("OC", False)]
    switch(insurer, uuid, is_active=True)
    assert documents(insurer) == [("OC", True)]


def test_others_switch_nothing(insurer: Firm) -> None:
    uuid = models.DocumentRequirement.objects.get().uuid
    with pytest.raises(NotFound):
        switch(cast.insurer(2), uuid)
    with pytest.raises(NotFound):
        switch(cast.operator(), uuid, Role.OPERATOR)
    with pytest.raises(NotPermitted):
        switch(insurer, uuid, Role.PLAN_MANAGER)
    with pytest.raises(NotFound):
        switch(insurer, uuid4())
    assert documents(insurer) == [("OC", True)]


def test_an_area_that_has_begun_keeps_its_day(insurer: Firm) -> None:
    manager = insurer.actor(Role.NETWORK_MANAGER)
    lab, cons = catalog.area(code="LAB"), catalog.area(code="CONS")
    for days in (10, 5):
        services.open_area(actor=manager, area_id=lab.id, opens_on=TODAY + timedelta(days=days), at=AT)
    with pytest.raises(services.AreaOpenAlready):
        services.open_area(actor=manager, area_id=cons.id, opens_on=TODAY + timedelta(days=1), at=AT)
    found = {area.code: area for area in insurer_setup.own_areas(manager, on=TODAY)}
    assert (found["LAB"].days.opens_on, found["LAB"].has_begun, found["LAB"].terms) == (
        TODAY + timedelta(days=5),
        False,
        None,
    )
    assert (found["CONS"].days.opens_on, found["CONS"].has_begun) == (TODAY, True)
    assert found["CONS"].terms is not None
    assert found["DENT"].days is None
    assert len(found) == 7
