"""The set-based half of a register import: COPY into temporary tables, then a handful of statements."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from psycopg import sql

from ols.db import locks
from ols.registry.services import register_fields
from ols.registry.services.register_lines import Register, entity_search_key

_TABLES = {
    "entity": "registry_entry",
    "facility": "registry_facility",
    "unit": "registry_unit",
    "cell": "registry_cell",
}
_KEYS = {level: key for level, (_, key) in register_fields.LEVELS.items()}
_ENTITY_EXTRA = ("search_key", "content_hash")


@dataclass(frozen=True)
class Counts:
    """How many entities an import added, changed, left alone and missed."""

    added: int
    changed: int
    unchanged: int
    vanished: int


def columns(level: str) -> list[str]:
    """Return the table columns that a level's values fill, in their order."""
    return [target for field in register_fields.LEVELS[level][0] for target in field.targets]


def table_and_key(level: str) -> tuple[str, str]:
    """Return the table of a level and the column of its own key."""
    return _TABLES[level], _KEYS[level]


def lock() -> None:
    """Let one import run at a time; the others wait for its transaction."""
    locks.hold("registry.import")


def stage(register: Register) -> None:
    """Copy the good lines and the kept keys into temporary tables, which `drop` removes again."""
    for level in _TABLES:
        _stage_level(register, level)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE staged_kept (level text, book text, key text) ON COMMIT DROP")
        with cursor.copy("COPY staged_kept (level, book, key) FROM STDIN") as copy:
            for row in register.kept:
                copy.write_row(row)
        cursor.execute("CREATE TEMP TABLE touched (id bigint PRIMARY KEY, book text) ON COMMIT DROP")


def drop() -> None:
    """Remove the temporary tables (a transaction that fails removes them itself)."""
    with connection.cursor() as cursor:
        for name in (*(f"staged_{level}" for level in _TABLES), "staged_kept", "touched"):
            cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))


def _stage_level(register: Register, level: str) -> None:
    names = [*columns(level), *(_ENTITY_EXTRA if level == "entity" else ())]
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    staged = sql.Identifier(f"staged_{level}")
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMP TABLE {} ON COMMIT DROP AS"
                " SELECT ''::varchar(12) AS book, {} FROM {} WITH NO DATA"
            ).format(staged, listed, sql.Identifier(_TABLES[level]))
        )
        with cursor.copy(sql.SQL("COPY {} (book, {}) FROM STDIN").format(staged, listed)) as copy:
            for line in register.lines[level]:
                extra = (
                    (entity_search_key(line), register.content_hashes[line.book]) if level == "entity" else ()
                )
                copy.write_row((line.book, *line.values, *extra))
        cursor.execute(sql.SQL("CREATE INDEX ON {} (book)").format(staged))
        cursor.execute(sql.SQL("ANALYZE {}").format(staged))


def apply(*, snapshot: date) -> Counts:
    """Bring the tables in line with what is staged; entities with the same content are only marked seen."""
    changed = _update_changed(snapshot)
    added = _insert_new(snapshot)
    for level in ("facility", "unit", "cell"):
        _replace_children(level)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"snapshot": snapshot})
        unchanged = cursor.rowcount
        cursor.execute(_VANISHED, {"snapshot": snapshot})
        vanished = cursor.rowcount
    return Counts(added=added, changed=changed, unchanged=unchanged, vanished=vanished)


_SEEN = """
UPDATE registry_entry e SET last_seen_on = %(snapshot)s
FROM staged_entity s
WHERE s.book = e.register_book_no AND NOT EXISTS (SELECT FROM touched t WHERE t.id = e.id)
"""

_VANISHED = """
UPDATE registry_entry e SET vanished_on = %(snapshot)s
WHERE e.vanished_on IS NULL
  AND NOT EXISTS (SELECT FROM staged_entity s WHERE s.book = e.register_book_no)
  AND NOT EXISTS (SELECT FROM staged_kept k WHERE k.level = 'entity' AND k.book = e.register_book_no)
"""


def _update_changed(snapshot: date) -> int:
    """Overwrite entities whose content differs, or that had vanished, and note them as touched."""
    names = [*columns("entity"), *_ENTITY_EXTRA]
    assigned = sql.SQL(", ").join(
        sql.SQL("{} = s.{}").format(sql.Identifier(name), sql.Identifier(name)) for name in names
    )
    statement = sql.SQL("""
        WITH changed AS (
            UPDATE registry_entry e SET {}, last_seen_on = %(snapshot)s, vanished_on = NULL
            FROM staged_entity s
            WHERE s.book = e.register_book_no
              AND (e.content_hash <> s.content_hash OR e.vanished_on IS NOT NULL)
            RETURNING e.id, e.register_book_no
        )
        INSERT INTO touched SELECT id, register_book_no FROM changed
    """).format(assigned)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"snapshot": snapshot})
        return int(cursor.rowcount)


def _insert_new(snapshot: date) -> int:
    """Insert entities that are not there yet and note them as touched."""
    listed = sql.SQL(", ").join(map(sql.Identifier, [*columns("entity"), *_ENTITY_EXTRA]))
    statement = sql.SQL("""
        WITH added AS (
            INSERT INTO registry_entry (register_book_no, last_seen_on, {columns})
            SELECT s.book, %(snapshot)s, {columns} FROM staged_entity s
            WHERE NOT EXISTS (SELECT FROM registry_entry e WHERE e.register_book_no = s.book)
            RETURNING id, register_book_no
        )
        INSERT INTO touched SELECT id, register_book_no FROM added
    """).format(columns=listed)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"snapshot": snapshot})
        return int(cursor.rowcount)


def _replace_children(level: str) -> None:
    """Write the touched entities' parts of one level anew, except those that refused lines spoke about."""
    table, staged = sql.Identifier(_TABLES[level]), sql.Identifier(f"staged_{level}")
    listed = sql.SQL(", ").join(map(sql.Identifier, columns(level)))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("""
                DELETE FROM {} c USING touched t
                WHERE c.entry_id = t.id AND NOT EXISTS (
                    SELECT FROM staged_kept k WHERE k.level = %(level)s AND k.book = t.book AND k.key = c.{}
                )
            """).format(table, sql.Identifier(_KEYS[level])),
            {"level": level},
        )
        cursor.execute(
            sql.SQL("""
                INSERT INTO {} (entry_id, {}) SELECT t.id, {} FROM {} s JOIN touched t USING (book)
            """).format(table, listed, listed, staged)
        )
