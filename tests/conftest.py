"""For every test: plain static addresses, stored files in a folder of its own, quick databases and hashes."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from tests import databases
from tests.windows import Chromium

# The hash of a password is slow and large on purpose; worlds of tests hash dozens of them.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 8
Argon2PasswordHasher.parallelism = 1
TransactionTestCase._fixture_teardown = lambda _test: databases.empty()


LONGEST = {"test_every_page.py", "test_permission_walk.py"}


def pytest_collection_modifyitems(items):
    """Begin with the few tests that take minutes, so that all workers end together."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    with django_db_blocker.unblock():
        databases.use_template()


@pytest.fixture(autouse=True)
def _own_storages(settings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("storages")
    static_root = folder / "static"
    static_root.mkdir()
    settings.STATIC_ROOT = str(static_root)
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder / "documents")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Keep one browser for the run; it starts when the first test needs it."""
    browser = Chromium()
    yield browser
    browser.stop()


@pytest.fixture(scope="session")
def test_database(django_db_setup, django_db_blocker):
    """For fixtures that write outside a test's own transaction: the test database, never the real one.

    The plugin makes it only when a test of the run asks for a database by its mark; without one, the
    connection would still lead to the database of the development server.
    """
    with django_db_blocker.unblock():
        made = None
        if not connection.settings_dict["NAME"].startswith("test_"):
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield
        if made:
            teardown_databases(made, verbosity=0)
