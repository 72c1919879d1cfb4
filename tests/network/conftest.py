"""Both sides as most tests of co-operation need them; a test that needs more makes its own."""

import pytest
from tests import scenes
from tests.cast import Firm


@pytest.fixture
def insurer() -> Firm:
    return scenes.ready_insurer()


@pytest.fixture
def clinic() -> Firm:
    return scenes.ready_clinic()


@pytest.fixture
def contract(clinic: Firm, insurer: Firm) -> str:
    return scenes.active(clinic, insurer)
