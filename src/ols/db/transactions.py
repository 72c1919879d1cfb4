"""Who owns the transaction: use cases open it, entries demand it."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg import errors

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS: Final = 3


class OutsideTransaction(RuntimeError):
    """An entry function was called with no transaction open."""


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in its own durable transaction; calling one use case from another is an error.

    Whom the database chose to end a deadlock is asked again: its transaction left nothing behind, and what
    leaves the system (e-mails, jobs) is only promised in it. Arguments are values: a second run is the same.
    """
    in_transaction = transaction.atomic(durable=True)(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(ATTEMPTS - 1):
            try:
                return in_transaction(*args, **kwargs)
            except OperationalError as error:
                if not isinstance(error.__cause__, errors.DeadlockDetected):
                    raise
        return in_transaction(*args, **kwargs)

    return run


def within_transaction(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse to run outside a transaction: what it writes must stand or fall with its caller's work.

    :raises OutsideTransaction: when no transaction is open
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise OutsideTransaction(f"{function.__qualname__} needs the caller's transaction")
        return function(*args, **kwargs)

    return guarded
