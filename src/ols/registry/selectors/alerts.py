"""Reading alerts about facilities that joined and left the register."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.registry import models, states
from ols.registry.states import AlertStatus


@dataclass(frozen=True)
class AlertRow:
    """An alert: which facility of which organization left the register, how, and what was done."""

    uuid: UUID
    kind: str
    status: str
    facility: str
    city: str
    register_book_no: str
    organization_uuid: UUID
    organization: str
    gone_on: date
    opened_at: datetime
    handled_at: datetime | None
    handled_by: str
    remark: str
    returned_on: date | None
    import_uuid: UUID


@dataclass(frozen=True)
class AlertDetail:
    """One alert with its history; `may_handle` while it is open."""

    row: AlertRow
    may_handle: bool
    history: tuple[audit.HistoryRow, ...]


def alert_figures(actor: Actor) -> dict[str, int]:
    """Count the alerts in each status."""
    actor.require(Permission.REGISTER_IMPORT)
    counted = {name: Count("pk", filter=Q(status=name)) for name in sorted(states.ALERT.statuses)}
    return models.RegisterAlert.objects.aggregate(**counted)


def alerts(actor: Actor, *, status: str, offset: int = 0, size: int = 25) -> tuple[AlertRow, ...]:
    """Return the alerts of one status, the newest first."""
    actor.require(Permission.REGISTER_IMPORT)
    rows = _all().filter(status=status).order_by("-opened_at", "-pk")
    return tuple(_row(row) for row in rows[offset : offset + size])


def alert(actor: Actor, *, uuid: UUID) -> AlertDetail:
    """Return one alert.

    :raises ols.db.errors.NotFound: there is none
    """
    actor.require(Permission.REGISTER_IMPORT)
    row = _all().filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    may_handle = "handle" in states.ALERT.actions_from(row.status, actor)
    return AlertDetail(_row(row), may_handle, tuple(audit.history(subject_uuid=uuid)))


def alerts_of(actor: Actor, *, organization_uuid: UUID) -> tuple[AlertRow, ...]:
    """Return the alerts about one organization's facilities, open ones first: facts for its page."""
    actor.require(Permission.ORGANIZATION_VIEW)
    rows = _all().filter(facility__organization__uuid=organization_uuid).order_by("-opened_at", "-pk")
    return tuple(sorted(map(_row, rows), key=lambda row: row.status != AlertStatus.OPEN))


def alerts_in_force(*, organization_id: int) -> tuple[AlertRow, ...]:
    """Return what the register alarms of an organization now, to somebody entitled to its offer."""
    rows = _all().filter(facility__organization_id=organization_id, status__in=states.IN_FORCE)
    return tuple(map(_row, rows.order_by("-opened_at", "-pk")))


def _all() -> QuerySet[models.RegisterAlert]:
    return models.RegisterAlert.objects.select_related(
        "facility__organization", "facility__entry", "register_import"
    )


def _row(row: models.RegisterAlert) -> AlertRow:
    facility = row.facility
    return AlertRow(
        uuid=row.uuid,
        kind=row.kind,
        status=row.status,
        facility=facility.name,
        city=facility.city,
        register_book_no=facility.entry.register_book_no if facility.entry else "",
        organization_uuid=facility.organization.uuid,
        organization=facility.organization.name,
        gone_on=row.gone_on,
        opened_at=row.opened_at,
        handled_at=row.handled_at,
        handled_by=row.handled_by,
        remark=row.remark,
        returned_on=row.returned_on,
        import_uuid=row.register_import.uuid,
    )
