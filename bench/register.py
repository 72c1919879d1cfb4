"""How long a whole facility register takes: `script/bench register [--entities 30000]`.

Works in a test database of its own, which is removed afterwards.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import django


def main() -> None:
    """Write a file of invented entities; import it into nothing, once more, and with every tenth changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=30_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _measure(options.entities)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measure(entities: int) -> None:
    from ols.registry import sample

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        sample.write_register(path, entities=entities, seed=1)
        content = path.read_bytes()
    changed = b"".join(
        line.replace(b"(demo)", b"(demo, zmiana)", 1)
        if line.startswith(b"entity") and place % 10 == 0
        else line
        for place, line in enumerate(content.splitlines(keepends=True))
    )
    lines = content.count(b"\n") - 1
    print(f"{entities} entities, {lines} lines, {len(content) / 1e6:.1f} MB")
    for label, data in (("all new", content), ("the same file", content), ("some changed", changed)):
        _import(label, data)


def _import(label: str, data: bytes) -> None:
    from django.utils import timezone

    from ols.accounts.permissions import Permission
    from ols.kernel.actor import Actor
    from ols.registry import services as registry

    started, busy = time.perf_counter(), time.process_time()
    report = registry.import_register(
        actor=Actor.system("command", permissions=frozenset({Permission.REGISTER_IMPORT})),
        file_name="register.csv",
        content=data,
        at=timezone.now(),
    )
    print(
        f"{label:14} {time.perf_counter() - started:6.1f} s (processor {time.process_time() - busy:.1f} s):"
        f" added {report.added}, changed {report.changed}, unchanged {report.unchanged},"
        f" vanished {report.vanished}, refused {report.refused}"
    )


if __name__ == "__main__":
    main()
