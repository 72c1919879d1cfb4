"""The pipelined transaction: whole or not at all, whatever breaks it."""

from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from psycopg import errors

from ols.db.pipeline import Pipeline, Statement, pipelined_transaction
from ols.db.transactions import use_case, within_transaction

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

ADD = Statement("test_add", "INSERT INTO ledger_account (code) VALUES ($1)")
COUNT = Statement("test_count", "SELECT count(*) FROM ledger_account")
DIVIDE = Statement("test_divide", "SELECT 1 / $1::int")
ECHO = Statement(
    "test_echo",
    "SELECT $1::bigint, $2::text, $3::date, $4::timestamptz AT TIME ZONE 'UTC', $5::uuid, $6::bytea,"
    " $7::boolean, $8::bigint[], $9::text[]",
)
BACKEND = Statement("test_backend", "SELECT pg_backend_pid()")


def codes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM ledger_account ORDER BY code")
        return [row[0] for row in cursor.fetchall()]


def idle() -> bool:
    return not connection.in_atomic_block and connection.connection.info.transaction_status == 0


def test_values_arrive_as_they_are() -> None:
    identity = UUID("01a20560-38a5-7189-82e7-d93e97e01ea4")
    with pipelined_transaction() as pipeline:
        (row,) = pipeline.fetch(
            ECHO, -(2**62), 'ż"\\,{}', date(2026, 2, 28), datetime(2026, 1, 1, tzinfo=UTC), identity,
            b"\0\xff", True, [1, -2], ["a", 'q"\\', "", "NULL", "{,}"],
        )  # fmt: skip
    assert row[:8] == (
        b"-4611686018427387904",
        'ż"\\,{}'.encode(),
        b"2026-02-28",
        b"2026-01-01 00:00:00",
        str(identity).encode(),
        b"\\x00ff",
        b"t",
        b"{1,-2}",
    )
    assert row[8] == b'{a,"q\\"\\\\","","NULL","{,}"}'
    with pipelined_transaction() as pipeline:
        (row,) = pipeline.fetch(ECHO, None, None, None, None, None, None, None, [], [])
    assert row == (None, None, None, None, None, None, None, b"{}", b"{}")


def test_a_nul_never_shortens_a_value() -> None:
    with pytest.raises(ValueError, match="NUL"), pipelined_transaction() as pipeline:
        pipeline.queue(ADD, "a\0b")
    assert codes() == []


def test_commit_travels_with_the_last_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    trips = []
    real = Pipeline._exchange

    def counting(self, queued, when_sent=None):
        trips.append(len(queued))
        return real(self, queued, when_sent)

    monkeypatch.setattr(Pipeline, "_exchange", counting)
    with pipelined_transaction() as pipeline:
        assert pipeline.fetch(COUNT) == [(b"0",)]
        pipeline.queue(ADD, "a")
        pipeline.queue(ADD, "b")
    assert trips == [3, 3]
    assert (codes(), idle()) == (["a", "b"], True)


@pytest.mark.parametrize("place", ["read", "write", "body"])
def test_a_failure_anywhere_keeps_nothing(place: str) -> None:
    wanted = {"read": errors.DivisionByZero, "write": errors.UniqueViolation, "body": KeyError}[place]

    def attempt() -> None:
        with pipelined_transaction() as pipeline:
            pipeline.queue(ADD, "a")
            pipeline.fetch(DIVIDE, 0 if place == "read" else 1)
            if place == "body":
                raise KeyError
            pipeline.queue(ADD, "a")
            pipeline.queue(ADD, "b")

    with pytest.raises(wanted):
        attempt()
    assert (codes(), idle()) == ([], True)
    with pipelined_transaction() as pipeline:
        pipeline.queue(ADD, "c")
    assert codes() == ["c"]


def test_statements_the_driver_dropped_are_prepared_again() -> None:
    for _ in range(2):
        with pipelined_transaction() as pipeline:
            pipeline.fetch(COUNT)
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
    with pipelined_transaction() as pipeline:
        pipeline.fetch(COUNT)
        pipeline.queue(ADD, "a")
    assert codes() == ["a"]


def test_a_broken_link_is_given_up() -> None:
    def attempt() -> None:
        with pipelined_transaction() as pipeline:
            ((pid,),) = pipeline.fetch(BACKEND)
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [int(pid or b"")])
            other.close()
            pipeline.queue(ADD, "a")

    with pytest.raises(psycopg.OperationalError):
        attempt()
    assert connection.connection is None
    with pipelined_transaction() as pipeline:
        pipeline.queue(ADD, "b")
    assert codes() == ["b"]


def test_entries_may_be_called_and_use_cases_may_not() -> None:
    entry = within_transaction(lambda: "done")
    nested = use_case(lambda: "done")
    with pipelined_transaction():
        assert entry() == "done"
        with pytest.raises(RuntimeError, match="durable"):
            nested()

    def inner() -> None:
        with pipelined_transaction() as pipeline:
            pipeline.queue(ADD, "a")

    with pytest.raises(RuntimeError, match="durable"):
        use_case(inner)()
    assert (codes(), idle()) == ([], True)


def test_more_than_the_socket_holds() -> None:
    with pipelined_transaction() as pipeline:
        for number in range(3000):
            pipeline.queue(ADD, f"{number:04d}" + "x" * 70)
        assert pipeline.fetch(COUNT) == [(b"3000",)]
    assert len(codes()) == 3000
