"""How fast the public search of the register is: `script/bench search [--entities 30000] [--rounds 60]`.

Each kind of query is asked through the selector and as the whole results page (middleware, session,
limits, template), beside floors of the same run: one row read by its primary key, and a page without a
search. Works in a test database of its own, which is removed afterwards. Exit status 1 when a page takes
longer than the promised 100 ms at the 95th percentile.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django

PROMISED_MS = 100
WELCOME = "/osoz-www/swiadczeniodawca/kreatorDostepu/powitanie/2"
# A word of every name, of a fifth of them, a town, both, a rare one, slips, and what nothing has.
NAMES = {
    "name: all have it": "(demo) przychodnia centrum",
    "name: every one": "demo",
    "name: a fifth": "Przychodnia",
    "name: town": "łódź",
    "name: name and town": "Bursztyn Łódź",
    "name: slip": "bursztn lodz",
    "name: slip, a fifth": "przychodna",
    "name: three slips": "przychodna bursztn krakwo",
    "name: like nothing": "weterynaria",
}


def main() -> None:
    """Load the sample register and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _load(options.entities)
        kept = _measure(options.entities, options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.exit(0 if kept else 1)


def _load(entities: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from ols.accounts.permissions import Permission
    from ols.kernel.actor import Actor
    from ols.registry import sample
    from ols.registry import services as registry

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        sample.write_register(path, entities=entities, seed=1)
        content = path.read_bytes()
    registry.import_register(
        actor=Actor.system("command", permissions=frozenset({Permission.REGISTER_IMPORT})),
        file_name="register.csv",
        content=content,
        at=timezone.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure(entities: int, rounds: int) -> bool:
    queries = _queries(entities, rounds)
    print(f"{entities} entities, {rounds} searches of each kind; milliseconds: p50, p95, longest; rows found")
    _selectors(queries)
    return _pages(queries)


def _queries(entities: int, rounds: int) -> dict[str, list[str]]:
    """Return what is asked of each kind: other numbers each time, the same words in every other order."""
    from ols.registry import models

    rng = random.Random(1)
    chosen = rng.sample(range(1, entities + 1), min(rounds, entities))
    books = [f"{number:012d}" for number in chosen]
    rows = list(
        models.RegisterEntry.objects.filter(register_book_no__in=books).prefetch_related("facilities")
    )
    numbers = {
        "NIP": [row.nip for row in rows],
        "REGON-9": [row.regon for row in rows],
        "REGON-14": [row.facilities.first().regon14 for row in rows],
        "register book": books,
        "KRS": [row.krs for row in rows if row.krs],
        "NPWZ (nobody's)": ["5425740"] * rounds,
    }
    numbers["name: one clinic"] = [row.name for row in rows]
    return numbers | {label: [text] * rounds for label, text in NAMES.items()}


def _selectors(queries: dict[str, list[str]]) -> None:
    from django.utils import timezone

    from ols.registry import models, selectors

    keys = list(models.RegisterEntry.objects.values_list("pk", flat=True)[:200])
    _print("floor: primary key", _times(keys, lambda key: models.RegisterEntry.objects.get(pk=key)), "")
    for label, texts in queries.items():
        found = selectors.search_entries(texts[0], on=timezone.localdate())
        times = _times(texts, lambda text: selectors.search_entries(text, on=timezone.localdate()))
        _print(label, times, f"{found.total}{'+' * found.more}{' alike' * found.alike}")


def _pages(queries: dict[str, list[str]]) -> bool:
    """Time the whole results page; the floor is a page without a search. Say whether the promise was kept."""
    from django.conf import settings
    from django.test import Client

    from ols.web.public import limits

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # The bench asks faster than any visitor may; what counting costs is still paid.
    for limit in limits.ALL:
        object.__setattr__(limit, "most", 1_000_000_000)
    client = Client()
    _print("floor: a page", _times([WELCOME] * 60, client.get), "page")
    kept = True
    for label, texts in queries.items():
        results = client.post(WELCOME, {"text": texts[0]})["Location"]
        times = _times([results] * len(texts), client.get)
        _print(label, times, "page")
        kept = kept and _percentile(times, 95) < PROMISED_MS
    return kept


def _times(inputs: Sequence[Any], ask: Callable[[Any], object]) -> list[float]:
    """Return how many milliseconds each took; the first five only warm up."""
    for value in inputs[:5]:
        ask(value)
    times = []
    for value in inputs:
        started = time.perf_counter()
        ask(value)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _percentile(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def _print(label: str, times: list[float], what: str) -> None:
    p50, p95 = _percentile(times, 50), _percentile(times, 95)
    print(f"{label:26} {p50:7.1f} {p95:7.1f} {max(times):7.1f}  {what}", flush=True)


if __name__ == "__main__":
    main()
