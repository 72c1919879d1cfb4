"""The tables that a command needs: made in a new database, never changed behind a running system's back."""

from django.core import management
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class TablesOutdated(Exception):
    """The database is of an older version; only a person may bring it up to date."""


def require() -> None:
    """Make the tables of a new database.

    :raises TablesOutdated: there are tables, but of an older version
    """
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        management.call_command("migrate", interactive=False, verbosity=0)
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise TablesOutdated("The database is of an older version. First run: ols manage migrate")
