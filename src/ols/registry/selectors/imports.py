"""Reading the imports of the register: the operator's list and each report."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.registry import models


@dataclass(frozen=True)
class ImportRow:
    """One import in the list; figures are entities, `refused` counts lines."""

    uuid: UUID
    at: datetime
    file_name: str
    snapshot_date: date
    added: int
    changed: int
    unchanged: int
    vanished: int
    struck_off: int
    returned: int
    refused: int
    user_name: str


@dataclass(frozen=True)
class RefusalRow:
    """A refused line: its number, the column (empty: the whole line) and the reason's code."""

    line: int
    field: str
    code: str


@dataclass(frozen=True)
class ImportDetail:
    """One import with its refusals (the first 10,000)."""

    row: ImportRow
    refusals: tuple[RefusalRow, ...]


@dataclass(frozen=True)
class RegisterFigures:
    """How many entities the register holds now, and how many left it."""

    present: int
    gone: int


def imports(actor: Actor, *, offset: int = 0, limit: int = 50) -> list[ImportRow]:
    """Return the newest imports first."""
    actor.require(Permission.REGISTER_IMPORT)
    rows = models.RegisterImport.objects.defer("refusals").order_by("-id")
    return [_row(row) for row in rows[offset : offset + limit]]


def import_count(actor: Actor) -> int:
    """Return how many imports there were."""
    actor.require(Permission.REGISTER_IMPORT)
    return models.RegisterImport.objects.count()


def register_import(actor: Actor, *, uuid: UUID) -> ImportDetail:
    """Return one import.

    :raises ols.db.errors.NotFound: there is none
    """
    actor.require(Permission.REGISTER_IMPORT)
    row = models.RegisterImport.objects.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return ImportDetail(_row(row), tuple(RefusalRow(**refusal) for refusal in row.refusals))


@dataclass(frozen=True)
class NewestImport:
    """Which state of the register is in force: for evidence of what something was compared with."""

    id: int
    uuid: UUID
    sha256: str


def newest_import() -> NewestImport | None:
    """Return the last import; None before the first."""
    row = models.RegisterImport.objects.defer("refusals").order_by("-id").first()
    return NewestImport(row.pk, row.uuid, row.sha256) if row is not None else None


def register_figures(actor: Actor) -> RegisterFigures:
    """Return the size of the register."""
    actor.require(Permission.REGISTER_IMPORT)
    gone = models.RegisterEntry.objects.exclude(vanished_on=None, struck_off_on=None).count()
    return RegisterFigures(models.RegisterEntry.objects.count() - gone, gone)


def _row(row: models.RegisterImport) -> ImportRow:
    return ImportRow(**{name: getattr(row, name) for name in ImportRow.__dataclass_fields__})
