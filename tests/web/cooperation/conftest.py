"""An accepted co-operation, on a Monday morning that does not go on."""

import pytest
import time_machine
from tests import cast, scenes
from tests.cast import AT, Firm


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def insurer() -> Firm:
    made = cast.insurer()
    scenes.prepare_insurer(made)
    return made


@pytest.fixture
def clinic() -> Firm:
    made = cast.provider()
    scenes.finish_stage_two(cast.operator(), made)
    return made


@pytest.fixture
def contract(clinic: Firm, insurer: Firm) -> str:
    return scenes.active(clinic, insurer)
