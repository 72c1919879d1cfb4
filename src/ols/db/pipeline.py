"""A transaction in two round trips: read and lock, decide, write and commit (docs/adr/0004).

Statements are prepared once a connection and sent together in libpq's pipeline mode. Values travel
as text; a statement's own SQL fixes their types, so that one statement is one plan. Only the claim
path needs this; everything else uses the ORM.
"""

import select
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection, transaction
from psycopg import errors, pq

Row = tuple[bytes | None, ...]
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)

# What each physical connection has prepared; a new connection begins with nothing.
_prepared: WeakKeyDictionary[psycopg.Connection[Any], set[bytes]] = WeakKeyDictionary()


class Statement:
    """A prepared statement: its SQL with $1, $2 …; the name is its own and never reused for other SQL."""

    __slots__ = ("name", "sql")

    def __init__(self, name: str, sql: str) -> None:
        """Keep both as bytes, as they are sent."""
        self.name = f"ols_{name}".encode()
        self.sql = sql.encode()


_BEGIN = Statement("begin", "BEGIN")
_GENERIC = Statement("generic", "SET LOCAL plan_cache_mode = force_generic_plan")
_COMMIT = Statement("commit", "COMMIT")


class Pipeline:
    """Statements queued on one connection, sent when an answer is needed."""

    def __init__(self, raw: psycopg.Connection[Any], *, start_again: Callable[[], object]) -> None:
        """Take over the connection for one transaction; `start_again` undoes what was sent of it so far."""
        self._connection = raw.pgconn
        self._prepared = _prepared.setdefault(raw, set())
        self._queued: list[tuple[Statement, list[bytes | None]]] = []
        self._start_again: Callable[[], object] | None = start_again

    def queue(self, statement: Statement, *values: object) -> None:
        """Send the statement with the next ones; nothing waits for its result, its failure fails them all."""
        encoders = _ENCODERS
        encoded = [None if value is None else encoders[type(value)](value) for value in values]
        self._queued.append((statement, encoded))

    def fetch(self, statement: Statement, *values: object) -> list[Row]:
        """Send everything queued and this statement, in one round trip; return its rows as text.

        :raises psycopg.Error: one of them failed; the transaction is lost
        """
        return self.fetch_each(statement, [values])[0]

    def fetch_each(self, statement: Statement, calls: Sequence[Sequence[object]]) -> list[list[Row]]:
        """Send everything queued and the statement with each of the values, in one round trip.

        :raises psycopg.Error: one of them failed; the transaction is lost
        """
        for values in calls:
            self.queue(statement, *values)
        return [_rows(result) for result in self.flush()[-len(calls) :]]

    def flush(self, when_sent: Callable[[], None] | None = None) -> list[pq.abc.PGresult]:
        """Send everything queued in one round trip; return one result for each.

        `when_sent` is called before the answers are waited for.

        :raises psycopg.Error: one of them failed; the transaction is lost
        """
        queued, self._queued = self._queued, []
        start_again, self._start_again = self._start_again, None
        before = frozenset(self._prepared)
        try:
            return self._exchange(queued, when_sent)
        except errors.InvalidSqlStatementName:
            # The driver deallocates all statements of a connection after some commands of others. The first
            # statement of every transaction is prepared, so that this shows before anything was done.
            self._prepared.difference_update(before)
            if start_again is None:
                raise
            start_again()
            return self._exchange(queued)

    def _exchange(
        self,
        queued: Sequence[tuple[Statement, list[bytes | None]]],
        when_sent: Callable[[], None] | None = None,
    ) -> list[pq.abc.PGresult]:
        if not queued:
            return []
        link = self._connection
        link.enter_pipeline_mode()
        try:
            expected = self._send(queued)
            link.pipeline_sync()
            _write_out(link)
            if when_sent is not None:
                when_sent()
            return self._read(expected)
        finally:
            if link.status == pq.ConnStatus.OK:
                link.exit_pipeline_mode()

    def _send(self, queued: Sequence[tuple[Statement, list[bytes | None]]]) -> list[bytes]:
        """Put the statements in the connection's buffer; return for each answer what it prepares, or b""."""
        expected = []
        new: set[bytes] = set()
        for statement, values in queued:
            if statement.name not in self._prepared and statement.name not in new:
                self._connection.send_prepare(statement.name, statement.sql)
                new.add(statement.name)
                expected.append(statement.name)
            self._connection.send_query_prepared(statement.name, values)
            expected.append(b"")
        return expected

    def _read(self, expected: Sequence[bytes]) -> list[pq.abc.PGresult]:
        """Read every answer up to the sync; only then raise the first failure: the link stays usable."""
        results = []
        failure: pq.abc.PGresult | None = None
        for prepares in expected:
            result = _answer(self._connection)
            if result.status in _FAILED:
                failure = failure or result
            elif prepares:
                self._prepared.add(prepares)
            else:
                results.append(result)
        sync = _next_result(self._connection)
        if sync is None or sync.status != pq.ExecStatus.PIPELINE_SYNC:
            raise psycopg.OperationalError("the pipeline lost its place")
        if failure is not None:
            raise errors.error_from_result(failure)
        return results


@contextmanager
def pipelined_transaction(when_committing: Callable[[], None] | None = None) -> Iterator[Pipeline]:
    """Open a durable transaction whose last statements and COMMIT travel together when the block ends.

    `when_committing` is called once they are on their way, before their answers are waited for.

    Leaving the block with an exception rolls back. Inside a test's own transaction it is a savepoint.

    :raises RuntimeError: a transaction is open already (a use case never calls another)
    :raises psycopg.Error: a statement failed, at the latest when the block ends; nothing was kept
    """
    if connection.in_atomic_block:
        with transaction.atomic(durable=True):
            savepoint = connection.savepoint_ids[-1]
            pipeline = Pipeline(
                connection.connection, start_again=lambda: connection.savepoint_rollback(savepoint)
            )
            pipeline.queue(_GENERIC)
            yield pipeline
            pipeline.flush()
        return
    connection.ensure_connection()
    pipeline = Pipeline(connection.connection, start_again=_roll_back)
    pipeline.queue(_BEGIN)
    pipeline.queue(_GENERIC)
    with _marked_as_transaction():
        try:
            yield pipeline
            pipeline.queue(_COMMIT)
            pipeline.flush(when_committing)
        except BaseException:
            _roll_back()
            raise


@contextmanager
def _marked_as_transaction() -> Iterator[None]:
    """Let the ORM know: entries may be called, another use case may not."""
    connection.in_atomic_block = True
    connection.atomic_blocks.append(transaction.Atomic(None, savepoint=False, durable=True))
    try:
        yield
    finally:
        connection.atomic_blocks.pop()
        connection.in_atomic_block = False


def _roll_back() -> None:
    """Undo the transaction; a link that is broken is closed, and the server rolls back itself."""
    link = connection.connection.pgconn
    if link.status == pq.ConnStatus.OK and link.transaction_status != pq.TransactionStatus.IDLE:
        link.exec_(b"ROLLBACK")
    if link.transaction_status != pq.TransactionStatus.IDLE:
        connection.in_atomic_block = False
        connection.close()


def _write_out(link: pq.abc.PGconn) -> None:
    """Write the buffer; a full socket is drained while it waits, so that neither side blocks the other."""
    while link.flush():
        _wait(link, select.POLLIN | select.POLLOUT)
        link.consume_input()


def _answer(link: pq.abc.PGconn) -> pq.abc.PGresult:
    """Return the result of one statement and take the end mark after it."""
    result = _next_result(link)
    if result is None:
        raise psycopg.OperationalError(link.get_error_message())
    _next_result(link)
    return result


def _next_result(link: pq.abc.PGconn) -> pq.abc.PGresult | None:
    while link.is_busy():
        _wait(link, select.POLLIN)
        link.consume_input()
    return link.get_result()


def _wait(link: pq.abc.PGconn, what: int) -> None:
    poll = select.poll()
    poll.register(link.socket, what)
    poll.poll()


def _rows(result: pq.abc.PGresult) -> list[Row]:
    get, columns = result.get_value, range(result.nfields)
    return [tuple([get(row, column) for column in columns]) for row in range(result.ntuples)]


def _int(value: int) -> bytes:
    return b"%d" % value


def _text(value: object) -> bytes:
    return str(value).encode()


def _string(value: str) -> bytes:
    """A NUL would end the value there and then: it must not pass as a shorter one."""
    if "\0" in value:
        raise ValueError("a text with a NUL character")
    return value.encode()


def _array(values: Sequence[object]) -> bytes:
    """Return an array literal; text items are quoted, so that any text stays itself."""
    if values and type(values[0]) is int:
        # What most arrays hold: a list of ints prints as an array but for its brackets.
        return f"{{{str(list(values))[1:-1]}}}".encode()
    return b"{" + b",".join(_item(value) for value in values) + b"}"


def _item(value: object) -> bytes:
    if value is None:
        return b"NULL"
    if isinstance(value, str):
        return b'"' + _string(value.replace("\\", "\\\\").replace('"', '\\"')) + b'"'
    encoded = _encoded(value)
    assert encoded is not None
    return encoded


_ENCODERS: dict[type, Callable[[Any], bytes]] = {
    int: _int,
    bool: lambda value: b"t" if value else b"f",
    str: _string,
    bytes: lambda value: b"\\x" + value.hex().encode(),
    date: lambda value: value.isoformat().encode(),
    datetime: lambda value: value.isoformat().encode(),
    UUID: _text,
    list: _array,
    tuple: _array,
}


def _encoded(value: object) -> bytes | None:
    """Return the value as PostgreSQL reads it from text; null is None."""
    return None if value is None else _ENCODERS[type(value)](value)
