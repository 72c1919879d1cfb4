"""The tests' databases: migrated once, copied for every process of a run, emptied after a committing test."""

import contextlib
import fcntl
import functools
import hashlib
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

PREFIX = "test_template_"
# Filled by Django itself after the migrations, the same for every test; nothing of ours writes there.
KEPT = {"django_content_type", "auth_permission"}


def use_template() -> None:
    """Let the database that Django makes next be a copy of a migrated one."""
    connection.settings_dict["TEST"]["TEMPLATE"] = template()


def template() -> str:
    """Return the name of a database with all migrations; it is made anew when one of them changed."""
    name = f"{PREFIX}{fingerprint()}"
    lock = Path(settings.VAR_DIR) / "test_template.lock"
    with lock.open("a") as file, connection._nodb_cursor() as cursor:
        fcntl.flock(file, fcntl.LOCK_EX)
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        found = [row[0] for row in cursor.fetchall()]
        if name not in found:
            for other in found:
                with contextlib.suppress(DatabaseError):  # somebody copies it this moment
                    cursor.execute(f'DROP DATABASE IF EXISTS "{other}"')
            _migrated(f"{PREFIX}draft")
            cursor.execute(f'ALTER DATABASE "{PREFIX}draft" RENAME TO "{name}"')
    return name


def fingerprint() -> str:
    """Return what changes with anything that migrations consist of."""
    source = settings.ROOT / "src" / "ols"
    parts = [
        settings.ROOT / "requirements" / "runtime.txt",
        *source.glob("db/*.py"),
        *source.glob("kernel/*.py"),
        *source.glob("catalog/seed*"),
        *source.rglob("migrations/*"),
        *source.rglob("*.csv"),
    ]
    digest = hashlib.sha256()
    for path in sorted(set(parts)):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(settings.ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _migrated(name: str) -> None:
    """Make a database by that name, as Django makes one for tests, and let go of it."""
    before = connection.settings_dict["NAME"]
    wanted = connection.settings_dict["TEST"]
    named, wanted["NAME"] = wanted.get("NAME"), name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        wanted["NAME"] = named
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before


def empty() -> None:
    """Empty the tables that hold anything, where Django's flush empties every table.

    Flush also writes the content types and permissions of every model anew, which alone takes longer than
    most tests of this kind.
    """
    with connection.cursor() as cursor:
        cursor.execute(_what_is_full(connection.settings_dict["NAME"]))
        full = ", ".join(f'"{row[0]}"' for row in cursor.fetchall())
        if full:
            cursor.execute(f"TRUNCATE {full} CASCADE")


@functools.cache
def _what_is_full(_database: str) -> str:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables if table not in KEPT
    )
