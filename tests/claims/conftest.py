import pytest
from tests.claims import world as worlds


@pytest.fixture
def world(db) -> worlds.World:
    return worlds.make()
