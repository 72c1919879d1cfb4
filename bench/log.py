"""How fluent the log of everything is: `script/bench log [--events 1000000]`.

Works in a test database of its own, which is removed afterwards. Exit status 1 when a page takes too long.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

TARGET_MS = 200.0
REPEATS = 9
# Most events are claims; some kinds, places and channels are rare: those must not be slow to find.
ROWS = """
INSERT INTO audit_event (at, event, subject_kind, subject_uuid, actor_user_id, actor_name, organization_id,
                         channel, ip, remark, data)
SELECT timestamptz '2026-01-01' + n * interval '20 seconds',
       CASE WHEN n %% 250000 = 7 THEN 'platform.change' WHEN n %% 100 < 60 THEN 'claim.authorize'
            WHEN n %% 100 < 90 THEN 'claim.confirm' WHEN n %% 100 < 97 THEN 'user.login'
            WHEN n %% 1000 = 998 THEN 'log.view' ELSE 'price_list.save' END,
       CASE WHEN n %% 250000 = 7 THEN 'platform' WHEN n %% 100 < 90 THEN 'claim'
            WHEN n %% 100 < 97 THEN 'user' WHEN n %% 1000 = 998 THEN 'log' ELSE 'price_list' END,
       gen_random_uuid(), 1 + n %% 2000, 'Osoba (demo)', 1 + n %% 300,
       CASE WHEN n %% 500000 = 11 THEN 'command' WHEN n %% 3 = 0 THEN 'web' ELSE 'api' END,
       ('10.0.' || n %% 200 || '.' || n %% 250)::inet, '', '{"insurer_gr": 12345}'
FROM generate_series(1, %s) AS n
"""


def main() -> int:
    """Make the events, measure each way of looking, print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with connection.cursor() as cursor:
            cursor.execute(ROWS, [options.events])
            cursor.execute("ANALYZE audit_event")
        return _measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measure() -> int:
    from ols.audit import log
    from ols.kernel.actor import Actor

    actor = Actor.system("command", permissions=frozenset({log.VIEW}))
    middle = log.Place(datetime(2026, 5, 1, tzinfo=UTC), 500_000)
    day: Any = {"since": datetime(2026, 4, 1, tzinfo=UTC), "until": datetime(2026, 4, 2, tzinfo=UTC)}
    wanted = {
        "everything": log.LogFilters(),
        "one day": log.LogFilters(**day),
        "a common event": log.LogFilters(event="claim.confirm"),
        "a rare event": log.LogFilters(event="platform.change"),
        "a rare kind of subject": log.LogFilters(subject_kind="platform"),
        "an organization": log.LogFilters(organization_ids=(17,)),
        "a person": log.LogFilters(user_ids=(1234,)),
        "a network address": log.LogFilters(ip="10.0.11.11"),
        "a rare channel": log.LogFilters(channel="command"),
        "a rare event of another organization": log.LogFilters(
            event="platform.change", organization_ids=(17,), channel="web"
        ),
    }
    worst = _timed("kinds of events", lambda: log.kinds_of_events(actor))
    for label, filters in wanted.items():
        for where, before in (("newest", None), ("middle", middle)):
            look = _look(log, actor, filters, before)
            worst = max(worst, _timed(f"{label}, {where}", look))
    return 0 if worst <= TARGET_MS else 1


def _look(log: Any, actor: Any, filters: Any, before: Any) -> Callable[[], object]:
    return lambda: log.log_page(actor, filters=filters, size=50, before=before)


def _timed(label: str, work: Callable[[], object]) -> float:
    """Print and return the median in milliseconds."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    median = statistics.median(times)
    print(f"{label:50} {median:7.1f} ms (slowest {max(times):.1f})")
    return median


if __name__ == "__main__":
    sys.exit(main())
