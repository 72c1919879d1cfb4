"""The settlement world and its insurer's bank."""

import pytest
from tests.settlement import mock_bank
from tests.settlement import world as settlement_world


@pytest.fixture
def world(db):
    return settlement_world.make()


@pytest.fixture
def bank(world):
    with mock_bank.opened(
        iban=settlement_world.INSURER_IBAN, name="TU Przykladowe", now="2026-11-20T09:00"
    ) as opened:
        yield opened
