"""How often one place or person may do something: counted in the table that all processes share.

One statement counts and answers, so that requests of the same instant cannot slip through together. Where it
cannot count, the limit counts as reached.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction

from ols.db import crypto

_COUNT = """
INSERT INTO accounts_cache AS c (cache_key, value, expires) VALUES (%(key)s, '1', %(ends)s)
ON CONFLICT (cache_key) DO UPDATE SET
    value = CASE WHEN c.expires <= %(at)s THEN '1' ELSE least(c.value::int + 1, 1000000)::text END,
    expires = CASE WHEN c.expires <= %(at)s THEN %(ends)s ELSE c.expires END
RETURNING value::int, expires
"""


@dataclass(frozen=True)
class Limit:
    """So many times within a while, counted from the first time on."""

    name: str
    most: int
    within: timedelta


def refused_until(limit: Limit, *, who: str, at: datetime) -> datetime | None:
    """Count one more time; return None when it is allowed, else the moment from which it is again.

    `who` (a network place, a visitor, a number) is kept only as a keyed hash.
    """
    key = f"limit:{limit.name}:{crypto.blind_index(who, purpose='limit').hex()}"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COUNT, {"key": key, "at": at, "ends": at + limit.within})
            count, ends = cursor.fetchone()
    except DatabaseError:
        logging.getLogger(__name__).exception("The limit %s cannot be counted", limit.name)
        return at + limit.within
    return ends if count > limit.most else None
