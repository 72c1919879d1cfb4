"""Importing the facility register: one transaction; a broken file changes nothing."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.registry import models
from ols.registry.services import (
    register_alerts,
    register_changes,
    register_csv,
    register_fields,
    register_lines,
    register_staging,
)
from ols.registry.services.register_csv import BrokenFile
from ols.registry.services.register_lines import RefusedLine, Register

MAX_KEPT_REFUSALS = 10_000


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in entities; `refused` counts lines, `refusals` the first 10,000 reasons."""

    uuid: str
    added: int
    changed: int
    unchanged: int
    vanished: int
    refused: int
    refusals: tuple[RefusedLine, ...]


@use_case
def import_register(
    *, actor: Actor, file_name: str, content: bytes, at: datetime, snapshot_date: date | None = None
) -> ImportReport:
    """Bring the register in line with the file; the same file again changes nothing.

    Entities that are no longer in the file are marked as vanished on the snapshot's day (default: the
    day of `at`), never deleted. Refused lines leave what the register held of them.

    :raises kernel.actor.NotPermitted: the actor may not import
    :raises BrokenFile: the file as a whole cannot be used; nothing was changed
    """
    actor.require(Permission.REGISTER_IMPORT)
    snapshot = snapshot_date or days.local_date(at)
    register = _read(content)
    counts = _apply(register, snapshot)
    kept = tuple(register.refusals[:MAX_KEPT_REFUSALS])
    figures = {**asdict(counts), "refused": len({refusal.line for refusal in register.refusals})}
    row = models.RegisterImport.objects.create(
        at=at,
        user_id=actor.user_id,
        user_name=actor.name,
        file_name=_plain_name(file_name),
        sha256=sha256(content).hexdigest(),
        snapshot_date=snapshot,
        refusals=[asdict(refusal) for refusal in kept],
        **figures,
        **register_changes.count(),
    )
    register_changes.write(row.pk)
    register_staging.drop()
    audit.record(
        event="register.import",
        subject_kind="register_import",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={**figures, "sha256": row.sha256},
    )
    register_alerts.review_alerts(actor=actor, found=row, at=at)
    return ImportReport(uuid=str(row.uuid), refusals=kept, **figures)


def _read(content: bytes) -> Register:
    """Read the whole file before the database is touched.

    :raises BrokenFile: it cannot be read, or holds no entity at all
    """
    header, rows = register_csv.rows(
        register_csv.decode(content),
        required=register_fields.REQUIRED_COLUMNS,
        known=register_fields.KNOWN_COLUMNS,
    )
    register = register_lines.read_lines(header, rows)
    if not register.lines["entity"]:
        raise BrokenFile("NO_ENTITIES")
    return register


def _refuse_older(snapshot: date) -> None:
    """Refuse to go back in time: an older state would make newer entities vanish.

    :raises BrokenFile: OLDER_SNAPSHOT
    """
    newest = models.RegisterImport.objects.order_by("-snapshot_date").first()
    if newest is not None and newest.snapshot_date > snapshot:
        raise BrokenFile("OLDER_SNAPSHOT", days.format_date(newest.snapshot_date))


def _plain_name(file_name: str) -> str:
    """Return a file name that any database and page can hold."""
    return "".join(letter for letter in file_name if letter.isprintable())[:200]


def _apply(register: Register, snapshot: date) -> register_staging.Counts:
    """Bring the tables in line with what was read, one import at a time; say what changed."""
    register_staging.lock()
    _refuse_older(snapshot)
    register_staging.stage(register)
    register_changes.note()
    return register_staging.apply(snapshot=snapshot)
