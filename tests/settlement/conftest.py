"""The settlement world."""

import pytest
from tests.settlement import world as settlement_world


@pytest.fixture
def world(db):
    return settlement_world.make()
