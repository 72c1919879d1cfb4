"""What the database does for a search: it reads an index, never the whole register."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.registry import register_files as files

from ols.registry import models, selectors

pytestmark = pytest.mark.django_db

ENTITIES = 3_000
NAME_INDEX = "registry_entry_search"


@pytest.fixture
def register():
    """Load so many entities that reading all of them would be the worse plan."""
    files.load([line for line in files.rows(ENTITIES) if line["level"] in {"entity", "facility"}])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registry_entry")
        cursor.execute("ANALYZE registry_facility")
    return models.RegisterEntry.objects.get(register_book_no="000000002007")


def plans(text: str) -> list[str]:
    """Return the plan of every statement that the search ran, with the settings it ran under."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = selectors.search_entries(text, on=files.AT.date())
    assert found.rows, text
    with connection.cursor() as cursor:
        return [_plan(cursor, query["sql"]) for query in asked.captured_queries if _reads(query["sql"])]


def _reads(sql: str) -> bool:
    """Leave out the questions whether anything has a word: they end at the first entity that has it."""
    return sql.startswith("SELECT") and "registry_" in sql and not sql.startswith("SELECT 1 AS")


def _plan(cursor, sql: str) -> str:
    cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)")
    cursor.execute("EXPLAIN " + sql.replace("%", "%%"), ())
    return "\n".join(line for (line,) in cursor.fetchall())


def reads_everything(found: list[str]) -> list[str]:
    return [plan for plan in found if "Seq Scan on registry_entry" in plan]


def test_every_number_is_found_by_an_index(register) -> None:
    facility = models.RegisterFacility.objects.get(entry=register)
    with_krs = models.RegisterEntry.objects.exclude(krs="").order_by("id")[1000]
    for text in (register.nip, register.regon, facility.regon14, "2007", with_krs.krs):
        found = plans(text)
        assert reads_everything(found) == [], text
        assert "Seq Scan" not in "\n".join(found), text


@pytest.mark.parametrize("text", ["Bursztyn Łódź", "zrodlo rzeszow", "bursztn", "przychodna brsztyn lodz"])
def test_names_are_found_by_the_index_of_words(register, text) -> None:
    found = plans(text)
    assert NAME_INDEX in found[0]
    assert reads_everything(found) == []


def test_without_the_index_the_whole_register_is_read(register) -> None:
    """Negative control: the same look at the same search sees the index missing."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {NAME_INDEX}")
    for text in ("zrodlo rzeszow", "bursztn"):
        assert reads_everything(plans(text)) != [], text
