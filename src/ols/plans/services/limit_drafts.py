"""Changes of limits that wait to be looked at: typed into the grid or read from a file, then confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.plans import models, selectors
from ols.plans.limit_periods import limit_on
from ols.plans.services.price_limits import LimitInPast, lock_limits, write_price_limits


class NothingChanges(Exception):
    """Every limit given counts on that day already."""


class LimitsChanged(Exception):
    """Somebody changed limits of the area meanwhile: look at what is new, then confirm again."""


class RowsRefused(Exception):
    """Rows of the file are wrong; nothing is applied unless they are left out knowingly."""


class ChangeDone(Exception):
    """The change was applied or discarded already."""


@dataclass(frozen=True)
class LimitChange:
    """What is to change in one area: grosze by service id (None: no limit) from a day on.

    `refused` are rows of a file that could not be read: line, code, reason. `revision` is what was seen.
    """

    area_id: int
    valid_from: date
    limits: Mapping[int, int | None]
    revision: int
    refused: Sequence[tuple[int, str, str]] = ()
    file_name: str = ""


@use_case
def keep_limit_change(*, actor: Actor, change: LimitChange, at: datetime) -> UUID:
    """Keep a change to be looked at before it counts; return its uuid. Only what differs is kept.

    :raises LimitInPast: the day is before today
    :raises NothingChanges: nothing differs and no row was refused
    :raises ols.db.errors.NotFound: a service is not one of this insurer's in the area
    """
    actor.require(Permission.PLAN_EDIT)
    if change.valid_from < days.local_date(at):
        raise LimitInPast
    insurer_id = actor.organization()
    offered = {row.id for row in catalog.services(area_id=change.area_id, insurer_id=insurer_id)}
    if not set(change.limits) <= offered:
        raise NotFound
    stored = selectors.limit_timelines(insurer_id=insurer_id, service_ids=change.limits)
    differing = [
        [service, amount]
        for service, amount in sorted(change.limits.items())
        if limit_on(stored[service], change.valid_from) != amount
    ]
    if not differing and not change.refused:
        raise NothingChanges
    row = models.LimitDraft.objects.create(
        insurer_id=insurer_id,
        area_id=change.area_id,
        valid_from=change.valid_from,
        limits=differing,
        refused=[list(item) for item in change.refused],
        file_name=change.file_name[-200:],
        revision=change.revision,
        created_at=at,
        created_by=actor.name,
    )
    return row.uuid


@within_transaction
def apply_limit_change(
    *, actor: Actor, uuid: UUID, seen_revision: int, leave_out_refused: bool, at: datetime
) -> frozenset[int]:
    """Make the change count from its day; return the areas where something changed.

    :raises ols.db.errors.NotFound: no such change of this insurer
    :raises ChangeDone: it was applied or discarded
    :raises RowsRefused: rows of the file are wrong and were not left out knowingly
    :raises LimitsChanged: the limits are not those that were seen
    :raises LimitInPast: its day has passed meanwhile
    """
    actor.require(Permission.PLAN_EDIT)
    row = _locked(actor, uuid)
    if row.refused and not leave_out_refused:
        raise RowsRefused
    lock_limits(row.insurer_id)
    if selectors.limit_revision(insurer_id=row.insurer_id, area_id=row.area_id).number != seen_revision:
        raise LimitsChanged
    row.applied_at = at
    row.save(update_fields=["applied_at"])
    limits = {int(service): amount for service, amount in row.limits}
    return write_price_limits(actor=actor, limits=limits, valid_from=row.valid_from, at=at)


@use_case
def discard_limit_change(*, actor: Actor, uuid: UUID, at: datetime) -> None:
    """Leave everything as it is.

    :raises ols.db.errors.NotFound: no such change of this insurer
    :raises ChangeDone: it was applied or discarded
    """
    actor.require(Permission.PLAN_EDIT)
    row = _locked(actor, uuid)
    row.discarded_at = at
    row.save(update_fields=["discarded_at"])


def _locked(actor: Actor, uuid: UUID) -> models.LimitDraft:
    """Lock a change of the actor's insurer that waits."""
    rows = models.LimitDraft.objects.select_for_update()
    row = rows.filter(insurer_id=actor.organization(), uuid=uuid).first()
    if row is None:
        raise NotFound
    if row.applied_at or row.discarded_at:
        raise ChangeDone
    return row
