"""The databases of tests: empty after a test that commits, copied from one with all migrations."""

import pytest
from django.db import connection
from tests import cast, databases


def full() -> set[str]:
    """Return the tables of ours that hold something; asked one by one, not as `databases.empty` does."""
    with connection.cursor() as cursor:
        found = set()
        for table in set(connection.introspection.django_table_names(include_views=False)) - databases.KEPT:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_after_a_test_that_commits():
    cast.operator()
    cast.provider()
    assert {"accounts_user", "audit_event", "catalog_service", "accounts_membership"} <= full()
    databases.empty()
    assert full() == set()


@pytest.mark.django_db
def test_a_template_is_made_anew_when_a_migration_changes(monkeypatch, tmp_path, settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_template_%'")
        assert (databases.PREFIX + databases.fingerprint(),) in cursor.fetchall()
    settings.ROOT = tmp_path
    (tmp_path / "src" / "ols" / "claims" / "migrations").mkdir(parents=True)
    migration = tmp_path / "src" / "ols" / "claims" / "migrations" / "0001_initial.py"
    found = set()
    for text in ("operations = []", "operations = [1]", "operations = [1]"):
        migration.write_text(text, encoding="utf-8")
        found.add(databases.fingerprint())
    assert len(found) == 2
