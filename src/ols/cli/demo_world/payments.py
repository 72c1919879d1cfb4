"""Payment files of the insurers: prepared, approved by a second person, executed by the bank."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ols.accounts.permissions import Role
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.periods import Period
from ols.cli.demo_world.reports import Report, Series
from ols.cli.demo_world.world import Firm, World
from ols.db.transactions import use_case
from ols.documents import services as documents
from ols.settlement.formats import pain001
from ols.settlement.services import bookings, matching, numbers
from ols.settlement.states import BatchStatus, StatementStatus


@dataclass(frozen=True)
class Transfer:
    """One payment of a file; its end-to-end id comes back on the bank's statement."""

    id: int
    uuid: UUID
    report: Report

    @property
    def end_to_end_id(self) -> str:
        """Return the number of the first payment for the report."""
        return matching.payment_number(statement_number=self.report.number, attempt=1)

    @property
    def iban(self) -> str:
        """Return the account that the insurer accepted with the contract."""
        return self.report.clinic.ibans[self.report.insurer.id]


@dataclass
class Batch:
    """One payment file."""

    id: int
    uuid: UUID
    number: str
    insurer: Firm
    period: Period
    transfers: list[Transfer]
    status: str = BatchStatus.PREPARED
    approved_at: datetime | None = None
    file_id: int | None = None

    @property
    def total_gr(self) -> int:
        """Return what the file pays."""
        return sum(transfer.report.total_gr for transfer in self.transfers)


def prepare(world: World, series: Series, insurer: Firm, period: Period, reports: list[Report]) -> Batch:
    """Collect confirmed reports of an insurer in a file."""
    batch = Batch(
        id=world.tables.next_id("settlement.PaymentBatch"),
        uuid=world.chance.uuid(),
        number=series.take(None, numbers.BATCH_PREFIX, period.prepared_on),
        insurer=insurer,
        period=period,
        transfers=[
            Transfer(world.tables.next_id("settlement.Payment"), world.chance.uuid(), report)
            for report in reports
        ],
    )
    data = {"payments": len(reports), "total_gr": batch.total_gr}
    by, at = insurer.actor(Role.FINANCE_PREPARER), at_hour(period.prepared_on, 8)
    world.record("payment_batch.prepare", "payment_batch", batch.uuid, by=by, at=at, data=data)
    return batch


def approve(world: World, batch: Batch) -> None:
    """Approve as the second person: the bank's file is made and the reports are ordered."""
    at, by = at_hour(batch.period.prepared_on, 10), batch.insurer.actor(Role.FINANCE_APPROVER)
    batch.status, batch.approved_at = BatchStatus.APPROVED, at
    world.record("payment_batch.approve", "payment_batch", batch.uuid, by=by, at=at)
    batch.file_id = _store_file(batch, at=at)
    for transfer in batch.transfers:
        report = transfer.report
        report.status, report.ordered_on = StatementStatus.ORDERED, batch.period.prepared_on
        world.record("statement.order", "statement", report.uuid, by=by, at=at)
        steps = bookings.payment_ordered(
            insurer_id=batch.insurer.id, provider_id=report.clinic.firm.id, amount_gr=report.total_gr
        )
        world.post("payment.order", transfer.uuid, f"payment:{transfer.uuid}:ordered", steps, at=at)


def settle(world: World, batch: Batch, *, at: datetime) -> None:
    """Let the bank's statement say that every transfer of the file was booked."""
    by = batch.insurer.actor(Role.FINANCE_PREPARER)
    batch.status = BatchStatus.SETTLED
    for transfer in batch.transfers:
        report = transfer.report
        report.status, report.paid_on = StatementStatus.PAID, batch.period.executed_on
        data = {"booked_on": batch.period.executed_on.isoformat()}
        world.record("statement.pay", "statement", report.uuid, by=by, at=at, data=data)
        steps = bookings.payment_booked(insurer_id=batch.insurer.id, amount_gr=report.total_gr)
        world.post("payment.book", transfer.uuid, f"payment:{transfer.uuid}:booked", steps, at=at)
    world.record("payment_batch.settle", "payment_batch", batch.uuid, by=by, at=at)


def keep(world: World, batch: Batch) -> None:
    """Keep the file with its payments as they are at the end."""
    approver = batch.insurer.people[Role.FINANCE_APPROVER]
    world.tables.add(
        "settlement.PaymentBatch",
        id=batch.id,
        uuid=batch.uuid,
        number=batch.number,
        status=batch.status,
        insurer_id=batch.insurer.id,
        execution_on=batch.period.executed_on,
        total_gr=batch.total_gr,
        payment_count=len(batch.transfers),
        prepared_by_id=batch.insurer.people[Role.FINANCE_PREPARER].id,
        prepared_at=at_hour(batch.period.prepared_on, 8),
        approved_by_id=approver.id if batch.approved_at else None,
        approved_at=batch.approved_at,
        file_id=batch.file_id,
        debtor_iban=batch.insurer.iban if batch.approved_at else "",
    )
    for transfer in batch.transfers:
        world.tables.add(
            "settlement.Payment",
            id=transfer.id,
            uuid=transfer.uuid,
            batch_id=batch.id,
            statement_id=transfer.report.id,
            end_to_end_id=transfer.end_to_end_id,
            amount_gr=transfer.report.total_gr,
            iban=transfer.iban,
            name=transfer.report.clinic.firm.name,
            booked_on=transfer.report.paid_on,
        )


@use_case
def _store_file(batch: Batch, *, at: datetime) -> int:
    """Write the order for the bank the way an approval does."""
    file = pain001.PaymentFile(
        message_id=batch.number.replace("/", "-"),
        created_at=at,
        debtor=pain001.Account(name=batch.insurer.name, iban=batch.insurer.iban),
        execution_day=batch.period.executed_on,
        transfers=tuple(
            pain001.Transfer(
                end_to_end_id=transfer.end_to_end_id,
                creditor=pain001.Account(name=transfer.report.clinic.firm.name, iban=transfer.iban),
                amount_gr=transfer.report.total_gr,
                remittance=f"Raport {transfer.report.number}",
            )
            for transfer in batch.transfers
        ),
    )
    stored = documents.store(
        actor=batch.insurer.actor(Role.FINANCE_APPROVER),
        organization_id=batch.insurer.id,
        kind="xml",
        name=f"{file.message_id}.xml",
        content=pain001.render(file),
        at=at,
    )
    return int(stored.pk)
