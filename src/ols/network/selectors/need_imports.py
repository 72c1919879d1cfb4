"""Files of needs: one that is looked at, and the last that counts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models


@dataclass(frozen=True)
class NeedChange:
    """One need of a file, beside the one that counts now."""

    voivodeship: str
    area: catalog.AreaRow
    before: int
    wanted: int

    @property
    def difference(self) -> int:
        """How many clinics more (+) or fewer (-) are wanted."""
        return self.wanted - self.before


@dataclass(frozen=True)
class NeedImportRow:
    """A file; `refused` are line, what was written, reason. `is_done`: applied or discarded."""

    uuid: str
    file_name: str
    changes: tuple[NeedChange, ...]
    refused: tuple[tuple[int, str, str], ...]
    is_done: bool
    applied_at: datetime | None
    applied_by: str

    @property
    def seen(self) -> str:
        """What the file is compared with, as the page sends it back."""
        return ",".join(str(change.before) for change in self.changes)


def need_import(actor: Actor, *, uuid: UUID) -> NeedImportRow:
    """Return a file beside the needs that count now.

    :raises ols.db.errors.NotFound: no such file of this insurer
    """
    row = models.NeedImport.objects.filter(insurer_id=_insurer(actor), uuid=uuid).first()
    if row is None:
        raise NotFound
    return _row(row)


def last_need_import(actor: Actor) -> NeedImportRow | None:
    """Return the last file that counts, which can be undone; None: there is none."""
    rows = models.NeedImport.objects.filter(insurer_id=_insurer(actor), applied_at__isnull=False)
    row = rows.filter(undone_at=None).order_by("-applied_at", "-id").first()
    return _row(row) if row else None


def _row(row: models.NeedImport) -> NeedImportRow:
    """Join the file with the needs: those before it once it was applied."""
    areas = {area.id: area for area in catalog.areas()}
    kept = {
        (need.voivodeship, need.area_id): need.wanted
        for need in models.NetworkNeed.objects.filter(insurer_id=row.insurer_id)
    }
    before = row.before or [kept.get((place, area), 0) for place, area, _wanted in row.needs]
    return NeedImportRow(
        uuid=str(row.uuid),
        file_name=row.file_name,
        changes=tuple(
            NeedChange(place, areas[area], was, wanted)
            for (place, area, wanted), was in zip(row.needs, before, strict=True)
        ),
        refused=tuple((line, text, reason) for line, text, reason in row.refused),
        is_done=bool(row.applied_at or row.discarded_at),
        applied_at=row.applied_at,
        applied_by=row.applied_by,
    )


def _insurer(actor: Actor) -> int:
    actor.require(Permission.NETWORK_SETUP)
    if actor.organization_kind != "insurer":
        raise NotFound
    return actor.organization()
