"""What an import changes, written down entity by entity: compared before the tables are brought in line."""

from django.db import connection
from psycopg import sql

from ols.registry import states
from ols.registry.services import register_staging

_NOTED = """
CREATE TEMP TABLE noted (entry_id bigint PRIMARY KEY, book text, kind text, fields jsonb) ON COMMIT DROP
"""
_KIND = """
CASE WHEN s.struck_off_on IS NOT NULL AND e.struck_off_on IS NULL THEN 'struck_off'
     WHEN s.struck_off_on IS NULL AND (e.vanished_on IS NOT NULL OR e.struck_off_on IS NOT NULL)
     THEN 'returned' ELSE 'changed' END
"""
_GONE = """
INSERT INTO noted
SELECT e.id, e.register_book_no, 'vanished', '{}' FROM registry_entry e
WHERE e.vanished_on IS NULL
  AND NOT EXISTS (SELECT FROM staged_entity s WHERE s.book = e.register_book_no)
  AND NOT EXISTS (SELECT FROM staged_kept k WHERE k.level = 'entity' AND k.book = e.register_book_no)
"""
_WRITE = """
INSERT INTO registry_change
    (register_import_id, entry_id, kind, register_book_no, name, nip, city, search_key, fields, parts)
SELECT %(row)s, e.id, coalesce(n.kind, 'added'), e.register_book_no, e.name, e.nip, e.city, e.search_key,
       coalesce(n.fields, '{}'), coalesce(p.parts, '[]')
FROM (SELECT id FROM touched UNION SELECT entry_id FROM noted) one
JOIN registry_entry e ON e.id = one.id
LEFT JOIN noted n ON n.entry_id = e.id
LEFT JOIN (
    SELECT entry_id, jsonb_agg(part ORDER BY part->>'level', part->>'key') AS parts
    FROM noted_parts GROUP BY entry_id
) p ON p.entry_id = e.id
ORDER BY e.id
"""


def note() -> None:
    """Compare what is staged with the tables: kinds of change, columns and parts that differ."""
    names = register_staging.columns("entity")
    pairs = sql.SQL(", ").join(
        sql.SQL("({0}, e.{1}::text, s.{1}::text)").format(sql.Literal(name), sql.Identifier(name))
        for name in names
    )
    changed = sql.SQL("""
        INSERT INTO noted
        SELECT e.id, e.register_book_no, {kind}, (
            SELECT coalesce(jsonb_object_agg(d.name, jsonb_build_array(d.before, d.after)), '{{}}')
            FROM (VALUES {pairs}, ('vanished_on', e.vanished_on::text, NULL)) AS d (name, before, after)
            WHERE d.before IS DISTINCT FROM d.after
        )
        FROM registry_entry e JOIN staged_entity s ON s.book = e.register_book_no
        WHERE e.content_hash <> s.content_hash OR e.vanished_on IS NOT NULL
    """).format(kind=sql.SQL(_KIND), pairs=pairs)
    with connection.cursor() as cursor:
        cursor.execute(_NOTED)
        cursor.execute("CREATE TEMP TABLE noted_parts (entry_id bigint, part jsonb) ON COMMIT DROP")
        cursor.execute(changed)
        for level in ("facility", "unit", "cell"):
            cursor.execute(_parts(level), {"level": level})
        cursor.execute(_GONE)


def _parts(level: str) -> sql.Composed:
    """Return the statement that notes the parts of one level that appear, change or go."""
    table, key = (sql.Identifier(name) for name in register_staging.table_and_key(level))
    names = register_staging.columns(level)
    return sql.SQL("""
        INSERT INTO noted_parts
        SELECT entry_id, jsonb_build_object(
            'level', %(level)s::text, 'key', key, 'before', before.data, 'after', after.data
        )
        FROM (
            SELECT n.entry_id, o.{key} AS key, jsonb_build_object({old}) AS data
            FROM noted n JOIN {table} o ON o.entry_id = n.entry_id
            WHERE NOT EXISTS (
                SELECT FROM staged_kept k WHERE k.level = %(level)s AND k.book = n.book AND k.key = o.{key}
            )
        ) before FULL JOIN (
            SELECT n.entry_id, o.{key} AS key, jsonb_build_object({old}) AS data
            FROM noted n JOIN {staged} o ON o.book = n.book
        ) after USING (entry_id, key)
        WHERE before.data IS DISTINCT FROM after.data
    """).format(
        key=key,
        table=table,
        staged=sql.Identifier(f"staged_{level}"),
        old=sql.SQL(", ").join(
            sql.SQL("{}, o.{}").format(sql.Literal(name), sql.Identifier(name)) for name in names
        ),
    )


def count() -> dict[str, int]:
    """Return how many entities are struck off now, and how many are back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, count(*) FROM noted GROUP BY kind")
        found = dict(cursor.fetchall())
    return {kind: found.get(kind, 0) for kind in (states.Change.STRUCK_OFF, states.Change.RETURNED)}


def write(import_id: int) -> None:
    """Keep what was noted, and what was added, with the import; the temporary tables go."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {"row": import_id})
        cursor.execute("DROP TABLE noted, noted_parts")
