"""Switch the database off while a template renders: a page's data is complete before its first byte."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NoReturn

from django.db import connections


class QueryInTemplate(RuntimeError):
    """A template, tag or lazy value asked the database for something; the view has to fetch it before."""


def _refuse(_execute: object, sql: str, _params: object, _many: object, _context: object) -> NoReturn:
    raise QueryInTemplate(f"A query while rendering; fetch the data in the view. Query: {sql[:200]}")


@contextmanager
def database_switched_off() -> Iterator[None]:
    """Make every query of this thread inside the block raise `QueryInTemplate`, on every connection."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_refuse))
        yield
