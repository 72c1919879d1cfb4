"""Reading price limits: what counts on a day, what is planned, what waits to be confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.plans import models
from ols.plans.limit_periods import Period, changes_after, limit_on


@dataclass(frozen=True)
class PriceLimitRow:
    """One dated price limit in grosze per unit."""

    service_id: int
    limit_gr: int
    valid_from: date
    valid_to: date | None

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts, None when open."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


@dataclass(frozen=True)
class LimitRow:
    """A service with its limit on a day (None: none) and the changes planned for later days."""

    service: catalog.ServiceRow
    limit_gr: int | None
    planned: tuple[tuple[date, int | None], ...]


@dataclass(frozen=True)
class Revision:
    """How often the limits of an area were changed, and by whom last."""

    number: int
    changed_at: datetime | None
    changed_by: str


@dataclass(frozen=True)
class ChangeRow:
    """One service in a change that waits: the limit of its day as it is, and as it would be until `until`."""

    service: catalog.ServiceRow
    before_gr: int | None
    after_gr: int | None
    until: date | None

    @property
    def difference_gr(self) -> int | None:
        """How much the limit rises (+) or falls (-)."""
        return None if self.before_gr is None or self.after_gr is None else self.after_gr - self.before_gr


@dataclass(frozen=True)
class LimitChangeRow:
    """A change of limits that waits to be confirmed, against the limits as they are now."""

    uuid: str
    area_id: int
    valid_from: date
    rows: tuple[ChangeRow, ...]
    refused: tuple[tuple[int, str, str], ...]
    file_name: str
    revision: int
    created_at: datetime
    created_by: str
    is_done: bool

    @property
    def limits(self) -> dict[int, int | None]:
        """Return the new limits in grosze by service id."""
        return {row.service.id: row.after_gr for row in self.rows}


def price_limits(*, insurer_id: int, area_id: int, on: date) -> dict[int, int]:
    """Return the price limit in grosze by service id in force on the day (the network may see limits)."""
    rows = models.PriceLimit.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on),
        insurer_id=insurer_id,
        service__area_id=area_id,
        valid_from__lte=on,
    )
    return dict(rows.values_list("service_id", "limit_gr"))


def limit_timelines(*, insurer_id: int, service_ids: Collection[int]) -> dict[int, list[Period]]:
    """Return every limit of each of the services in the order of their days, none for those without."""
    found: dict[int, list[Period]] = {service: [] for service in service_ids}
    rows = models.PriceLimit.objects.filter(insurer_id=insurer_id, service_id__in=list(service_ids))
    for row in rows.order_by("valid_from"):
        found[row.service_id].append(Period(row.valid_from, row.valid_to, row.limit_gr))
    return found


def price_limit_history(actor: Actor, *, service_id: int) -> list[PriceLimitRow]:
    """Return every limit the actor's insurer set for the service, newest first."""
    rows = models.PriceLimit.objects.filter(insurer_id=actor.organization_id, service_id=service_id)
    return [
        PriceLimitRow(row.service_id, row.limit_gr, row.valid_from, row.valid_to)
        for row in rows.order_by("-valid_from")
    ]


def limit_rows(actor: Actor, *, area_id: int, on: date) -> list[LimitRow]:
    """Return the area's services with the actor's insurer's limits of the day and those planned."""
    services = catalog.services(area_id=area_id, insurer_id=actor.organization(), on=on)
    found = limit_timelines(insurer_id=actor.organization(), service_ids=[row.id for row in services])
    return [
        LimitRow(row, limit_on(found[row.id], on), tuple(changes_after(found[row.id], on)))
        for row in services
    ]


def limit_revision(*, insurer_id: int, area_id: int) -> Revision:
    """Return which state of the area's limits is the newest."""
    row = models.LimitRevision.objects.filter(insurer_id=insurer_id, area_id=area_id).first()
    return Revision(row.number, row.changed_at, row.changed_by) if row else Revision(0, None, "")


def limit_change(actor: Actor, *, uuid: UUID) -> LimitChangeRow:
    """Return a change that was typed or imported, beside the limits as they are now.

    :raises ols.db.errors.NotFound: no such change of this insurer
    """
    actor.require(Permission.PLAN_EDIT)
    row = models.LimitDraft.objects.filter(insurer_id=actor.organization(), uuid=uuid).first()
    if row is None:
        raise NotFound
    wanted = {int(service): amount for service, amount in row.limits}
    services = catalog.services_by_id(ids=wanted)
    stored = limit_timelines(insurer_id=row.insurer_id, service_ids=wanted)
    rows = [
        ChangeRow(
            service=services[service],
            before_gr=limit_on(stored[service], row.valid_from),
            after_gr=amount,
            until=next((day for day, _ in changes_after(stored[service], row.valid_from)), None),
        )
        for service, amount in wanted.items()
    ]
    return LimitChangeRow(
        uuid=str(row.uuid),
        area_id=row.area_id,
        valid_from=row.valid_from,
        rows=tuple(sorted(rows, key=lambda item: item.service.code)),
        refused=tuple((line, code, reason) for line, code, reason in row.refused),
        file_name=row.file_name,
        revision=row.revision,
        created_at=row.created_at,
        created_by=row.created_by,
        is_done=bool(row.applied_at or row.discarded_at),
    )
