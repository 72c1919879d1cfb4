"""Locks for what has no row to lock: a first limit, a report not made yet, an import as a whole."""

from django.db import connection


def hold(what: str, whose: int | str = "") -> None:
    """Wait until nobody else holds the lock, and hold it until the transaction ends.

    :param what: what is done by one at a time, as `<package>.<subject>`
    :param whose: for whom it is (an insurer's id, say): others do not wait
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{what}:{whose}"])
