"""An accepted co-operation, on a Monday morning that does not go on."""

import pytest
import time_machine
from tests import scenes
from tests.cast import AT, Firm


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def insurer() -> Firm:
    return scenes.ready_insurer()


@pytest.fixture
def clinic() -> Firm:
    return scenes.ready_clinic()


@pytest.fixture
def contract(clinic: Firm, insurer: Firm) -> str:
    return scenes.active(clinic, insurer)
