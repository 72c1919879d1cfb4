"""The most an insurer covers for one unit of a service, dated.

These are entries, not use cases: the network's badges hang on the limits, so `network.services` changes
both in one transaction.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db import locks
from ols.db.errors import NotFound
from ols.db.transactions import within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.plans import models, selectors
from ols.plans.limit_periods import Period, limit_on, with_change, without_change


class LimitInPast(Exception):
    """Decided claims keep the limits they were decided under: a limit counts from today or later."""


@within_transaction
def write_price_limits(
    *, actor: Actor, limits: Mapping[int, int | None], valid_from: date, at: datetime
) -> frozenset[int]:
    """Set limits (grosze by service id, None: no limit) from a day up to the next planned change.

    Return the ids of the areas where something changed.

    :raises LimitInPast: the day is before today
    :raises ols.db.errors.NotFound: a service is not one of this insurer's; nothing was changed
    """
    actor.require(Permission.PLAN_EDIT)
    if valid_from < days.local_date(at):
        raise LimitInPast
    lock_limits(actor.organization())
    services = catalog.services_by_id(ids=limits)
    offered = {row.id for row in services.values() if row.insurer_id in {None, actor.organization_id}}
    if offered != set(limits):
        raise NotFound
    stored = selectors.limit_timelines(insurer_id=actor.organization(), service_ids=limits)
    wanted = {
        service: with_change(stored[service], start=valid_from, limit_gr=amount)
        for service, amount in limits.items()
    }
    changed = [service for service in wanted if wanted[service] != stored[service]]
    areas = frozenset(services[service].area_id for service in changed)
    if changed:
        _store(actor.organization(), wanted, changed)
        _note_revision(actor, areas, at)
        _record(actor, "price_limit.set", {one: limits[one] for one in changed}, valid_from, at)
    return areas


@within_transaction
def undo_planned_limits(
    *, actor: Actor, area_id: int, day: date, service_id: int | None = None, at: datetime
) -> int:
    """Take back what is planned for a later day, for one service or all of the area; return how many.

    :raises LimitInPast: the day has come: what counts already is changed by a new limit
    """
    actor.require(Permission.PLAN_EDIT)
    if day <= days.local_date(at):
        raise LimitInPast
    insurer_id = actor.organization()
    lock_limits(insurer_id)
    offered = {row.id for row in catalog.services(area_id=area_id, insurer_id=insurer_id)}
    asked = offered if service_id is None else offered & {service_id}
    stored = selectors.limit_timelines(insurer_id=insurer_id, service_ids=asked)
    wanted = {service: without_change(rows, day=day) for service, rows in stored.items()}
    changed = [service for service in wanted if wanted[service] != stored[service]]
    if changed:
        _store(insurer_id, wanted, changed)
        _note_revision(actor, frozenset({area_id}), at)
        taken = {service: limit_on(stored[service], day) for service in changed}
        _record(actor, "price_limit.undo", taken, day, at)
    return len(changed)


def _note_revision(actor: Actor, areas: frozenset[int], at: datetime) -> None:
    """Count the change, so that whoever edits at the same time is told."""
    for area_id in sorted(areas):
        row, _ = models.LimitRevision.objects.get_or_create(
            insurer_id=actor.organization(), area_id=area_id, defaults={"changed_at": at}
        )
        row.number, row.changed_at, row.changed_by = row.number + 1, at, actor.name
        row.save()


def _store(insurer_id: int, wanted: Mapping[int, list[Period]], changed: Iterable[int]) -> None:
    """Write the periods of these services; those that stay are not touched."""
    rows = models.PriceLimit.objects.filter(insurer_id=insurer_id, service_id__in=list(changed))
    kept = {(row.service_id, Period(row.valid_from, row.valid_to, row.limit_gr)): row.pk for row in rows}
    after = {(service, one) for service in changed for one in wanted[service]}
    rows.filter(pk__in=[pk for key, pk in kept.items() if key not in after]).delete()
    models.PriceLimit.objects.bulk_create(
        [
            models.PriceLimit(
                insurer_id=insurer_id,
                service_id=service,
                limit_gr=one.limit_gr,
                valid_from=one.start,
                valid_to=one.end,
            )
            for service, one in sorted(after - set(kept))
        ]
    )


def _record(
    actor: Actor, event: str, limits: Mapping[int, int | None], valid_from: date, at: datetime
) -> None:
    """Write down who changed which limits from when."""
    audit.record(
        event=event,
        subject_kind="insurer",
        subject_uuid=UUID(accounts.organization(organization_id=actor.organization()).uuid),
        actor=actor,
        at=at,
        data={
            "from": valid_from.isoformat(),
            "limits_gr": {str(service): amount for service, amount in sorted(limits.items())},
        },
    )


def lock_limits(insurer_id: int) -> None:
    """Let one change of an insurer's limits be made at a time: a first limit has no row to lock."""
    locks.hold("plans.limits", insurer_id)
