"""Needs from a file: kept, looked at, then applied; the last applied file can be undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.services.needs import (
    locked_needs,
    own_insurer,
    record_needs,
    require_right,
    write_needs,
)


class NeedsUnchanged(Exception):
    """Every number of the file counts already, and no row was wrong."""


class NeedsChanged(Exception):
    """Somebody changed needs of the file's rows meanwhile: look at what is new, then confirm again."""


class NeedRowsRefused(Exception):
    """Rows of the file are wrong; nothing is applied unless they are left out knowingly."""


class NeedImportDone(Exception):
    """The file was applied, discarded or undone already, or a later one counts."""


@use_case
def keep_need_import(
    *,
    actor: Actor,
    needs: Mapping[tuple[str, int], int],
    refused: Sequence[tuple[int, str, str]],
    file_name: str,
    at: datetime,
) -> UUID:
    """Keep what a file asks for to be looked at; return its uuid. Only what differs is kept.

    :raises NeedWrong: a number or an area that cannot be
    :raises NeedsUnchanged: nothing differs and no row was refused
    """
    insurer_id = own_insurer(actor)
    require_right(needs)
    kept = locked_needs(insurer_id)
    differing = [[*key, wanted] for key, wanted in sorted(needs.items()) if wanted != kept.get(key, 0)]
    if not differing and not refused:
        raise NeedsUnchanged
    row = models.NeedImport.objects.create(
        insurer_id=insurer_id,
        file_name=file_name[-200:],
        needs=differing,
        refused=[list(item) for item in refused],
        created_at=at,
        created_by=actor.name,
    )
    return row.uuid


@use_case
def apply_need_import(
    *, actor: Actor, uuid: UUID, seen: Sequence[int], leave_out_refused: bool, at: datetime
) -> int:
    """Let the file count; return how many needs changed. `seen` are the numbers it was compared with.

    :raises ols.db.errors.NotFound: no such file of this insurer
    :raises NeedImportDone: it was applied or discarded
    :raises NeedRowsRefused: rows of the file are wrong and were not left out knowingly
    :raises NeedsChanged: other numbers count than those that were seen
    """
    insurer_id = own_insurer(actor)
    kept = locked_needs(insurer_id)
    row = _locked(insurer_id, uuid)
    if row.applied_at or row.discarded_at:
        raise NeedImportDone
    if row.refused and not leave_out_refused:
        raise NeedRowsRefused
    pairs = [(str(place), int(area)) for place, area, _wanted in row.needs]
    before = [kept.get(pair, 0) for pair in pairs]
    if before != list(seen):
        raise NeedsChanged
    wanted = {pair: int(item[2]) for pair, item in zip(pairs, row.needs, strict=True)}
    changed = write_needs(insurer_id, wanted, kept=kept)
    row.before, row.applied_at, row.applied_by = before, at, actor.name
    row.save(update_fields=["before", "applied_at", "applied_by"])
    record_needs("network_need.import", actor, at, changed, file=row.file_name)
    return len(changed)


@use_case
def discard_need_import(*, actor: Actor, uuid: UUID, at: datetime) -> None:
    """Leave everything as it is.

    :raises ols.db.errors.NotFound: no such file of this insurer
    :raises NeedImportDone: it was applied or discarded
    """
    row = _locked(own_insurer(actor), uuid)
    if row.applied_at or row.discarded_at:
        raise NeedImportDone
    row.discarded_at = at
    row.save(update_fields=["discarded_at"])


@use_case
def undo_need_import(*, actor: Actor, uuid: UUID, at: datetime) -> tuple[int, int]:
    """Let count again what counted before the last file; return how many needs, and how many stay.

    What somebody changed after the file stays as it is.

    :raises ols.db.errors.NotFound: no such file of this insurer
    :raises NeedImportDone: it was not applied, or undone, or a later one counts
    """
    insurer_id = own_insurer(actor)
    kept = locked_needs(insurer_id)
    row = _locked(insurer_id, uuid)
    applied = models.NeedImport.objects.filter(insurer_id=insurer_id, applied_at__isnull=False)
    last = applied.filter(undone_at=None).order_by("-applied_at", "-id").first()
    if last is None or last.pk != row.pk:
        raise NeedImportDone
    back: dict[tuple[str, int], int] = {}
    for (place, area, wanted), before in zip(row.needs, row.before, strict=True):
        if kept.get((place, area), 0) == wanted:
            back[place, area] = before
    changed = write_needs(insurer_id, back, kept=kept)
    row.undone_at = at
    row.save(update_fields=["undone_at"])
    record_needs("network_need.undo", actor, at, changed, file=row.file_name)
    return len(changed), len(row.needs) - len(back)


def _locked(insurer_id: int, uuid: UUID) -> models.NeedImport:
    """Lock a file of the insurer."""
    row = models.NeedImport.objects.select_for_update().filter(insurer_id=insurer_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    return row
