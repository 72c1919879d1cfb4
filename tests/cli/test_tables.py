"""A command makes the tables of a new database, and only says so when they are old."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from ols.cli import tables

pytestmark = pytest.mark.django_db


def test_tables_that_are_up_to_date_are_left_alone(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        tables.require()


def test_tables_of_an_older_version_are_named_and_not_changed():
    MigrationRecorder.Migration.objects.filter(app="settlement").order_by("-id")[:1].get().delete()
    with pytest.raises(tables.TablesOutdated, match="ols manage migrate"):
        tables.require()
