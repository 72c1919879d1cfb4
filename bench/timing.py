"""What the benches of pages share: a database of their own, a client, times, a line of figures."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import django


@contextmanager
def own_database(*, keep: bool = False) -> Iterator[None]:
    """Set Django up on a database of its own, removed afterwards unless it is kept for the next run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{name}"  # beside that of the tests, which may run now
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0, keepdb=keep)


def no_limits() -> None:
    """Let a bench ask faster than any visitor may; what counting costs is still paid."""
    from ols.web.public import limits

    for limit in limits.ALL:
        object.__setattr__(limit, "most", 1_000_000_000)


def times(ask: Callable[[], object], rounds: int) -> list[float]:
    """Return how many milliseconds each took; the first three only warm up."""
    for _ in range(min(3, rounds)):
        ask()
    return [once(ask) for _ in range(rounds)]


@dataclass
class Took:
    """What one thing took each time, in milliseconds: as waited for, and of the processors."""

    waited: list[float] = field(default_factory=list)
    app: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)


def in_turns(asked: dict[str, Callable[[], object]], rounds: int) -> dict[str, Took]:
    """Return what each took, asked one after the other in every round.

    So they share what else happens on the machine. Statements are planned anew five times: six rounds
    warm up.
    """
    found = {label: Took() for label in asked}
    for number in range(6 + rounds):
        for label, ask in asked.items():
            spent(ask, found[label] if number >= 6 else Took())
    return found


def spent(ask: Callable[[], object], took: Took) -> None:
    """Do it once more, and note what it took."""
    app, database = time.process_time(), _database_cpu()
    took.waited.append(once(ask))
    took.app.append((time.process_time() - app) * 1000)
    took.database.append((_database_cpu() - database) / 1_000_000)


def _database_cpu() -> int:
    """Return the nanoseconds the connection's server process ran; 0 where the system does not tell."""
    from django.db import connection

    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(told.read_text().split()[0]) if told.exists() else 0


def once(ask: Callable[[], object]) -> float:
    """Return how many milliseconds it took."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def percentile(found: list[float], percent: int) -> float:
    """Return the time under which so many percent stayed."""
    return sorted(found)[min(len(found) - 1, len(found) * percent // 100)]


def line(label: str, found: list[float], *more: object) -> float:
    """Print the label with p50, p95, the longest and what else is known; return p95."""
    p50, p95 = percentile(found, 50), percentile(found, 95)
    print(
        f"{label:42} {p50:8.1f} {p95:8.1f} {max(found):8.1f}  {' '.join(str(one) for one in more)}",
        flush=True,
    )
    return p95


def load() -> str:
    """Return how busy the machine is, for the figures' headline."""
    return "load {:.1f} {:.1f} {:.1f}".format(*os.getloadavg())
