"""Limits count in every process, at once, and refuse where they cannot count."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from tests.together import many_at_once

from ols.accounts import limits
from ols.accounts.limits import Limit

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIMIT = Limit("test", 3, timedelta(minutes=5))


def ask(who: str = "192.0.2.1", minutes: float = 0, limit: Limit = LIMIT) -> datetime | None:
    return limits.refused_until(limit, who=who, at=AT + timedelta(minutes=minutes))


@pytest.mark.django_db
def test_so_many_times_then_a_wait_then_again() -> None:
    assert [ask(minutes=minute) for minute in (0, 1, 2)] == [None] * 3
    assert ask(minutes=3) == ask(minutes=4.9) == AT + timedelta(minutes=5)
    assert [ask(minutes=5), ask(minutes=6), ask(minutes=7)] == [None] * 3
    assert ask(minutes=8) == AT + timedelta(minutes=10)


@pytest.mark.django_db
def test_places_and_limits_count_apart_and_nobody_is_named() -> None:
    for _ in range(4):
        ask()
    assert ask(who="192.0.2.2") is None
    assert ask(limit=Limit("other", 3, timedelta(minutes=5))) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM accounts_cache WHERE cache_key LIKE 'limit:%%'")
        keys = [key for (key,) in cursor.fetchall()]
    assert len(keys) == 3
    assert not any("192.0.2" in key for key in keys)


@pytest.mark.django_db
def test_where_it_cannot_count_it_refuses(monkeypatch) -> None:
    assert ask() is None
    monkeypatch.setattr(limits, "_COUNT", "SELECT no_such_column FROM accounts_cache")
    assert ask() == AT + timedelta(minutes=5)
    monkeypatch.undo()
    assert ask() is None  # the transaction around it is whole


def read_then_write() -> bool:
    """Count as a cache does that reads, thinks and writes: the fault planted."""
    count = cache.get("read-then-write", 0)
    cache.set("read-then-write", count + 1)
    return count < LIMIT.most


def in_the_same_instant(allowed, times: int = 12) -> int:
    """Return how many of those who ask at once are let through."""
    return sum(many_at_once(times, lambda _number: allowed()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_those_of_the_same_instant_are_counted_one_by_one() -> None:
    assert in_the_same_instant(lambda: ask() is None) == LIMIT.most
    assert in_the_same_instant(lambda: ask() is None) == 0
    assert in_the_same_instant(read_then_write) > LIMIT.most  # negative control
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_cache")


def test_a_database_that_is_gone_refuses_too(monkeypatch) -> None:
    """Without the database mark every query fails: the answer is a wait, not an error."""

    def broken(*_):
        raise DatabaseError("gone")

    monkeypatch.setattr(limits.transaction, "atomic", broken)
    assert ask() == AT + timedelta(minutes=5)
