"""The settlement world, and documents kept in a folder of the test."""

import pytest
from tests.settlement import world as settlement_world


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": str(tmp_path / "documents")}}
    settings.STORAGES = storages


@pytest.fixture
def world(db):
    return settlement_world.make()
