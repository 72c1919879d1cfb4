"""A use case is the whole transaction; who loses a deadlock is asked again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction
from tests import cast

from ols.accounts import models
from ols.db import transactions

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ids():
    """Return two rows to lock."""
    return [cast.insurer(number).id for number in (1, 2)]


def cross(ids):
    """Lock the rows in opposite orders at the same time; return who finished and who was broken off."""
    both_hold_one = threading.Barrier(2, timeout=20)

    @transactions.use_case
    def lock(*, order, has_met):
        for number, pk in enumerate(order):
            models.Organization.objects.select_for_update().get(pk=pk)
            if number == 0 and not has_met:
                has_met.append(True)
                both_hold_one.wait()
        return "done"

    def run(order):
        try:
            return lock(order=order, has_met=[])
        except OperationalError:
            return "broken off"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, (ids, ids[::-1])))


def test_who_loses_a_deadlock_is_asked_again(ids):
    assert cross(ids) == ["done", "done"]


def test_the_checker_catches_a_use_case_that_is_not_asked_again(ids, monkeypatch):
    """Negative control: with one attempt the same meeting breaks one of the two off."""
    monkeypatch.setattr(transactions, "ATTEMPTS", 1)
    assert cross(ids) == ["broken off", "done"]


def test_another_failure_is_raised_at_once(ids):
    runs = []

    @transactions.use_case
    def fail():
        runs.append(transaction.get_connection().in_atomic_block)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)")

    with pytest.raises(OperationalError):
        fail()
    assert runs == [True]
