"""Who owns the transaction: use cases open it, entries demand it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")


class OutsideTransaction(RuntimeError):
    """An entry function was called with no transaction open."""


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in its own durable transaction; calling one use case from another is an error."""
    return wraps(function)(transaction.atomic(durable=True)(function))


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
