"""Small register files for tests, made from the sample's rows."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.registry import sample
from ols.registry import services as registry
from ols.registry.services import register_fields

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
IMPORTER = Actor.system("test", permissions=frozenset({Permission.REGISTER_IMPORT}))

Rows = list[dict[str, str]]


def rows(entities: int = 3, seed: int = 7) -> Rows:
    return list(sample.register_rows(entities=entities, seed=seed))


def content(lines: Iterable[dict[str, str]], encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, register_fields.KNOWN_COLUMNS, restval="", delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return stream.getvalue().encode(encoding)


def load(lines: Iterable[dict[str, str]], **changes) -> registry.ImportReport:
    return load_bytes(content(lines), **changes)


def load_bytes(data: bytes, **changes) -> registry.ImportReport:
    values = {"actor": IMPORTER, "file_name": "register.csv", "content": data, "at": AT, **changes}
    return registry.import_register(**values)
