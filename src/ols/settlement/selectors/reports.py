"""Reports as both sides see them: each organization its own, nothing of anybody else's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.audit.selectors import HistoryRow
from ols.db.errors import NotFound
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.settlement import models, states

S = states.StatementStatus
# Owed and not on its way: what a payment file may take up.
OWED = (S.CONFIRMED, S.RETURNED)

_LINES = """
SELECT c.uuid, c.number, c.service_date, c.service_codes, c.submitted_gr, c.patient_gr,
       l.amount_gr, l.is_correction
  FROM settlement_line l JOIN claims_pub_settlement c ON c.claim_id = l.claim_id
 WHERE l.statement_id = %s
 ORDER BY l.is_correction, c.service_date, c.number
 LIMIT %s OFFSET %s
"""


@dataclass(frozen=True)
class StatementFilters:
    """Which reports a list shows; days are of the report's making, both inclusive."""

    status: str = ""
    number: str = ""
    made_from: date | None = None
    made_to: date | None = None


@dataclass(frozen=True)
class StatementRow:
    """A report in a list. `days_late`: from the due day until paid or, when still owed, until today."""

    uuid: UUID
    number: str
    status: str
    insurer_id: int
    insurer_name: str
    provider_id: int
    provider_name: str
    period_from: date
    period_to: date
    claim_count: int
    total_gr: int
    created_at: datetime
    confirmed_at: datetime | None
    due_on: date | None
    ordered_on: date | None
    paid_on: date | None
    days_late: int


@dataclass(frozen=True)
class StatementDetail:
    """One report with its document and what the actor may do with it now."""

    row: StatementRow
    document_number: str
    document_issued_on: date | None
    actions: tuple[str, ...]
    history: list[HistoryRow]


@dataclass(frozen=True)
class LineRow:
    """A claim on a report; `amount_gr` is the insurer's part, below zero for a correction."""

    claim_uuid: UUID
    number: str
    service_date: date
    service_codes: str
    submitted_gr: int
    patient_gr: int
    amount_gr: int
    is_correction: bool


@dataclass(frozen=True)
class StatementTotals:
    """The foot of a list."""

    count: int
    total_gr: int


@dataclass(frozen=True)
class StatusFigures:
    """How many reports are in a status and what they add up to."""

    by_status: Mapping[str, StatementTotals] = field(default_factory=dict)
    overdue: StatementTotals = StatementTotals(0, 0)

    def of(self, *statuses: str) -> StatementTotals:
        """Return the sum over the statuses."""
        found = [self.by_status[status] for status in statuses if status in self.by_status]
        return StatementTotals(sum(one.count for one in found), sum(one.total_gr for one in found))


def statements(
    actor: Actor, *, filters: StatementFilters, today: date, offset: int = 0, limit: int = 25
) -> list[StatementRow]:
    """Return the organization's reports, newest first."""
    rows = _filtered(actor, filters).select_related("insurer", "provider").order_by("-created_at", "-id")
    return [statement_row(row, today) for row in rows[offset : offset + limit]]


def statement_totals(actor: Actor, *, filters: StatementFilters) -> StatementTotals:
    """Return count and sum of all reports that the filters leave; discarded ones add nothing."""
    found = _filtered(actor, filters).aggregate(
        count=Count("id"), total=Sum("total_gr", filter=~Q(status=S.DISCARDED))
    )
    return StatementTotals(found["count"], found["total"] or 0)


def status_figures(actor: Actor, *, today: date) -> StatusFigures:
    """Return the figures above the list: by status, and what is owed past its day."""
    rows = own_statements(actor).values("status").annotate(count=Count("id"), total=Sum("total_gr"))
    late = own_statements(actor).filter(status__in=[*OWED, S.ORDERED], due_on__lt=today)
    found = late.aggregate(count=Count("id"), total=Sum("total_gr"))
    return StatusFigures(
        {row["status"]: StatementTotals(row["count"], row["total"]) for row in rows},
        StatementTotals(found["count"], found["total"] or 0),
    )


def statement(actor: Actor, *, uuid: UUID | str, today: date) -> StatementDetail:
    """Return one report of the organization.

    :raises ols.db.errors.NotFound: none of its own
    """
    row = _one(actor, uuid)
    document = models.AccountingDocument.objects.filter(statement=row).first()
    return StatementDetail(
        row=statement_row(row, today),
        document_number=document.number if document else "",
        document_issued_on=document.issued_on if document else None,
        actions=tuple(states.STATEMENT.actions_from(row.status, actor)),
        history=audit.history(subject_uuid=row.uuid),
    )


def statement_lines(
    actor: Actor, *, uuid: UUID | str, offset: int = 0, limit: int | None = None
) -> list[LineRow]:
    """Return the report's claims by day, corrections last.

    :raises ols.db.errors.NotFound: not a report of the organization
    """
    row = _one(actor, uuid)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [row.pk, limit, offset])
        return [LineRow(*line) for line in cursor.fetchall()]


def own_statements(actor: Actor) -> QuerySet[models.SettlementStatement]:
    """Return the rows of the actor's organization; an insurer sees a report from its confirmation on."""
    rows = models.SettlementStatement.objects.all()
    if actor.organization_kind == "provider" and actor.has(Permission.SETTLEMENT_VIEW):
        return rows.filter(provider_id=actor.organization_id)
    if actor.organization_kind == "insurer" and actor.has(Permission.PAYMENT_VIEW):
        return rows.filter(insurer_id=actor.organization_id).exclude(status__in=[S.GENERATED, S.DISCARDED])
    return rows.none()


def statement_row(row: models.SettlementStatement, today: date) -> StatementRow:
    """Translate the table's row (with insurer and provider joined)."""
    return StatementRow(
        uuid=row.uuid,
        number=row.number,
        status=row.status,
        insurer_id=row.insurer_id,
        insurer_name=row.insurer.name,
        provider_id=row.provider_id,
        provider_name=row.provider.name,
        period_from=row.period_from,
        period_to=row.period_to,
        claim_count=row.claim_count,
        total_gr=row.total_gr,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        due_on=row.due_on,
        ordered_on=row.ordered_on,
        paid_on=row.paid_on,
        days_late=_days_late(row, today),
    )


def _days_late(row: models.SettlementStatement, today: date) -> int:
    return max(0, ((row.paid_on or today) - row.due_on).days) if row.due_on else 0


def _one(actor: Actor, uuid: UUID | str) -> models.SettlementStatement:
    row = own_statements(actor).select_related("insurer", "provider").filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _filtered(actor: Actor, filters: StatementFilters) -> QuerySet[models.SettlementStatement]:
    rows = own_statements(actor)
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.number:
        rows = rows.filter(number__icontains=filters.number.strip())
    if filters.made_from:
        rows = rows.filter(
            created_at__gt=days.end_of_day(date.fromordinal(filters.made_from.toordinal() - 1))
        )
    if filters.made_to:
        rows = rows.filter(created_at__lte=days.end_of_day(filters.made_to))
    return rows
