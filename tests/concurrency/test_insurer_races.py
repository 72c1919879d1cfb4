"""What an insurer enters twice at the same moment counts once, and nobody gets an error for it."""

import sys
import threading

import pytest
from django.db import IntegrityError
from tests import cast
from tests.coverage import test_import_policies as policy_files
from tests.together import many_at_once

from ols.catalog import selectors as catalog
from ols.network import services as network
from ols.plans import models as plans_models
from ols.plans import services as plans

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

TIMES = 4


def unlocked(monkeypatch, module: str, name: str = "_lock") -> None:
    """Plant the fault: everybody passes where one at a time should."""
    gate = threading.Barrier(TIMES)
    # Packages offer the functions under the modules' own names.
    monkeypatch.setattr(sys.modules[module], name, lambda _insurer_id: gate.wait(timeout=30))


@pytest.fixture
def insurer(transactional_db):
    cast.operator()
    made = cast.insurer()
    plans.create_plan(actor=made.actor("plan-manager"), code="KOMFORT", name="Komfort", at=cast.AT)
    return made


@pytest.mark.parametrize("is_planted", [False, True])
def test_a_policy_file_sent_twice_is_imported_once(insurer, monkeypatch, is_planted):
    if is_planted:
        unlocked(monkeypatch, "ols.coverage.services.import_policies")
    actor, text = insurer.actor("plan-manager"), policy_files.lines(policy_files.GOOD)

    found = many_at_once(TIMES, lambda _number: policy_files.load(insurer, text, actor=actor))

    failed = [error for error in found if isinstance(error, IntegrityError)]
    assert bool(failed) == is_planted
    if not is_planted:
        assert sorted((report.added, report.unchanged) for report in found) == [(0, 1)] * 3 + [(1, 0)]


@pytest.mark.parametrize("is_planted", [False, True])
def test_first_price_limits_set_at_once_leave_one(insurer, monkeypatch, is_planted):
    if is_planted:
        unlocked(monkeypatch, "ols.plans.services.price_limits", "lock_limits")
    actor = insurer.actor("plan-manager")
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0].id

    found = many_at_once(
        TIMES,
        lambda number: network.set_price_limits(
            actor=actor, limits={service: 100 + number}, valid_from=cast.TODAY, at=cast.AT
        ),
    )

    assert bool([error for error in found if isinstance(error, IntegrityError)]) == is_planted
    assert plans_models.PriceLimit.objects.count() == 1
