"""Rows of any table, kept until they are copied into the database all at once."""

from typing import Any

from django.apps import apps
from django.db import connection, models
from psycopg.types.json import Jsonb

from ols.cli.demo_world.chance import Chance

# Sequences of their own, which emptying the tables does not set back.
_SEQUENCES = ("network_contract_number", "onboarding_application_number")


class _Table:
    """One table: its columns, what they hold when nothing is said, and the rows not copied yet."""

    def __init__(self, label: str) -> None:
        self.model: type[models.Model] = apps.get_model(label)
        columns = self.model._meta.concrete_fields  # noqa: SLF001 - Django's documented way to the columns
        fields = [field for field in columns if not field.generated]
        self.columns = [field.column for field in fields]
        self.defaults = {field.attname: field.get_default() for field in fields}
        self.documents = [field.attname for field in fields if isinstance(field, models.JSONField)]
        self.has_uuid = "uuid" in self.defaults
        self.rows: list[tuple[Any, ...]] = []
        self.last_id = 0

    @property
    def name(self) -> str:
        return self.model._meta.db_table  # noqa: SLF001 - as above


class Tables:
    """Collects rows by model label ("claims.Claim"); ids count from 1, identities come from the seed."""

    def __init__(self, chance: Chance) -> None:
        """Begin with nothing to copy."""
        self._chance = chance
        self._tables: dict[str, _Table] = {}

    def add(self, label: str, **values: Any) -> int:
        """Keep a row and return its id; columns not named hold their model's default.

        :raises ValueError: the table has no such column
        """
        table = self._tables.get(label) or self._table(label)
        row_id = values.setdefault("id", table.last_id + 1)
        table.last_id = max(table.last_id, row_id)
        if table.has_uuid and "uuid" not in values:
            values["uuid"] = self._chance.uuid()
        for name in table.documents:
            if name in values:
                values[name] = Jsonb(values[name])
        row = {**table.defaults, **values}
        if len(row) != len(table.defaults):
            raise ValueError(f"{label}: {sorted(set(row) - set(table.defaults))}")
        table.rows.append(tuple(row.values()))
        return int(row_id)

    def next_id(self, label: str) -> int:
        """Take an id for a row that is added later."""
        table = self._tables.get(label) or self._table(label)
        table.last_id += 1
        return table.last_id

    def write(self) -> None:
        """Copy what was kept, and set each table's sequence after its last id."""
        with connection.cursor() as cursor:
            for table in self._tables.values():
                if not table.rows:  # only asked for its next id
                    continue
                columns = ", ".join(f'"{column}"' for column in table.columns)
                with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
                    for row in table.rows:
                        copy.write_row(row)
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table.name, table.last_id]
                )
        # What the product's own services add before the next rows has to be counted again.
        self._tables.clear()

    def _table(self, label: str) -> _Table:
        """Begin a table after what the product's own services wrote into it."""
        table = self._tables[label] = _Table(label)
        last = table.model._default_manager.aggregate(last=models.Max("pk"))["last"]  # noqa: SLF001
        table.last_id = last or 0
        return table


def empty() -> None:
    """Empty every table of the product and set its numbers back to the beginning."""
    names = [
        f'"{model._meta.db_table}"'  # noqa: SLF001 - Django's documented way to the table's name
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("ols.", "django.contrib.sessions"))
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
        for sequence in _SEQUENCES:
            cursor.execute(f"ALTER SEQUENCE {sequence} RESTART")
