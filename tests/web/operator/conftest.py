"""Who is at the operator's desk, and a clinic on the platform."""

import pytest
from django.test import Client
from tests import cast


@pytest.fixture
def operator() -> cast.Firm:
    return cast.operator()


@pytest.fixture
def desk(operator) -> Client:
    return operator.client("operator")


@pytest.fixture
def clinic() -> cast.Firm:
    return cast.provider()
