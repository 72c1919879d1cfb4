"""Workers that start together write each letter once; the same run sees what happens without the lock."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError
from tests import cast
from tests.cast import AT, SYSTEM
from tests.network import test_lapse_reports as lapses
from tests.network import test_retirements as retired
from tests.together import many_at_once

from ols.network import models, services
from ols.network.models import TermsKind
from ols.network.selectors import lapse_reports as reading
from ols.network.services import lapse_reports, retirements

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TIMES = 3


def outcome(results: list[object]) -> tuple[int, bool]:
    """Return how many were told, and whether a worker met another's letter."""
    told = [result for result in results if isinstance(result, int)]
    errors = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(error, IntegrityError) for error in errors), errors
    return sum(told), bool(errors)


@pytest.mark.parametrize("is_planted", [False, True])
def test_the_letter_of_the_day_is_written_once(transactional_db, monkeypatch, is_planted):
    world = lapses.World()
    world.lapse(world.insurer, TermsKind.GENERAL)
    if is_planted:
        gate, missed = threading.Barrier(TIMES), reading.missed

        def seen_by_all(**wanted):
            found = missed(**wanted)
            gate.wait(timeout=30)
            return found

        monkeypatch.setattr(lapse_reports, "lock_report", lambda _organization_id: None)
        monkeypatch.setattr(reading, "missed", seen_by_all)
    at = lapses.morning(lapses.LATE)
    results = many_at_once(TIMES, lambda _number: services.tell_of_lapses(actor=SYSTEM, at=at))
    assert outcome(results) == (1, is_planted)
    assert len(lapses.letters()) == 1


@pytest.mark.parametrize("is_planted", [False, True])
def test_a_retired_service_is_told_once(transactional_db, monkeypatch, is_planted):
    world = retired.World()
    models.Contract.objects.filter(uuid=world.contracts[1]).update(status="ended")
    world.retire(cast.TODAY + timedelta(days=10))
    if is_planted:
        gate, keep = threading.Barrier(TIMES), retirements.keep

        def seen_by_all(*told) -> None:
            gate.wait(timeout=30)
            keep(*told)

        monkeypatch.setattr(retirements, "locked", lambda key: models.Contract.objects.get(pk=key))
        monkeypatch.setattr(retirements, "keep", seen_by_all)
    results = many_at_once(TIMES, lambda _number: services.tell_of_retirements(actor=SYSTEM, at=AT))
    assert outcome(results) == (1, is_planted)
    assert len(retired.letters()) == 1
