"""Settlement reports of the clinics, two a month for each insurer, and their accounting documents."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from ols.accounts.permissions import Role
from ols.claims.states import ClaimStatus
from ols.cli.demo_world.made import MadeClaim
from ols.cli.demo_world.periods import Period
from ols.cli.demo_world.world import Clinic, Firm, World
from ols.kernel import days
from ols.settlement.services import bookings, numbers
from ols.settlement.services.confirm import WORKING_DAYS_TO_PAY
from ols.settlement.states import StatementStatus

_PERFORMED = (ClaimStatus.CONFIRMED, ClaimStatus.REVERSED)


@dataclass
class Report:
    """One settlement report; `status` and the days change when it is paid."""

    id: int
    uuid: UUID
    number: str
    clinic: Clinic
    insurer: Firm
    period: Period
    first: date
    lines: list[tuple[MadeClaim, bool]]
    created_at: datetime
    status: str = StatementStatus.GENERATED
    confirmed_at: datetime | None = None
    ordered_on: date | None = None
    paid_on: date | None = None

    @property
    def total_gr(self) -> int:
        """Return what the insurer is to pay; a correction takes back."""
        return sum(
            -claim.insurer_gr if is_correction else claim.insurer_gr for claim, is_correction in self.lines
        )


@dataclass
class Series:
    """The numbers given so far, by owner, prefix and month."""

    last: dict[tuple[int | None, str, str], int] = field(default_factory=lambda: defaultdict(int))

    def take(self, owner_id: int | None, prefix: str, day: date) -> str:
        """Return the next number of a series."""
        period = f"{day:%Y/%m}"
        self.last[owner_id, prefix, period] += 1
        return f"{prefix}/{period}/{self.last[owner_id, prefix, period]:04d}"

    def keep(self, world: World) -> None:
        """Keep where every series stands."""
        for (owner_id, prefix, period), last in self.last.items():
            world.tables.add(
                "settlement.NumberSeries", organization_id=owner_id, prefix=prefix, period=period, last=last
            )


@dataclass
class Desk:
    """The accounting of one clinic towards one insurer: claims that wait for a report, claims reported."""

    clinic: Clinic
    insurer: Firm
    waiting: list[MadeClaim]
    reported: list[MadeClaim] = field(default_factory=list)

    def report(self, world: World, series: Series, period: Period) -> Report | None:
        """Make the report of a period from all that waits; None when nothing is to be paid."""
        at = world.chance.moment(period.reported_on, opens=8, closes=12)
        due = [claim for claim in self.waiting if claim.draft.service_date <= period.last]
        good = [claim for claim in due if claim.closed_at is None or claim.closed_at > at]
        taken_back = [claim for claim in self.reported if claim.closed_at and claim.closed_at <= at]
        lines = [(claim, False) for claim in good] + [(claim, True) for claim in taken_back]
        first = min([period.first, *(claim.draft.service_date for claim in good)])
        report = Report(
            id=0, uuid=world.chance.uuid(), number="", clinic=self.clinic, insurer=self.insurer,
            period=period, first=first, lines=lines, created_at=at,
        )  # fmt: skip
        if report.total_gr <= 0:
            return None
        report.id = world.tables.next_id("settlement.SettlementStatement")
        report.number = series.take(None, numbers.STATEMENT_PREFIX, period.reported_on)
        gone = {claim.id for claim in due}
        self.waiting = [claim for claim in self.waiting if claim.id not in gone]
        self.reported = [claim for claim in self.reported if claim not in taken_back] + good
        data = {"claims": len(lines), "total_gr": report.total_gr}
        by = self.clinic.firm.actor(Role.ACCOUNTANT)
        world.record("statement.generate", "statement", report.uuid, by=by, at=at, data=data)
        return report


def open_desks(world: World, made: list[MadeClaim]) -> list[Desk]:
    """Return a desk for each pair, with the performed claims the insurer pays for."""
    payable: dict[tuple[int, int], list[MadeClaim]] = defaultdict(list)
    for claim in made:
        if claim.status in _PERFORMED and claim.insurer_gr:
            payable[claim.pair.clinic.firm.id, claim.cover.insurer_id].append(claim)
    return [
        Desk(clinic, insurer, payable[clinic.firm.id, insurer.id])
        for clinic in world.clinics
        for insurer in world.insurers
        if insurer.id in clinic.contracts
    ]


def confirm(world: World, series: Series, report: Report) -> None:
    """Confirm a report: its total is owed, and its accounting document has a number.

    The document's files are written when somebody opens them first.
    """
    at = report.created_at + timedelta(minutes=30)
    report.status, report.confirmed_at = StatementStatus.CONFIRMED, at
    by = report.clinic.firm.actor(Role.ACCOUNTANT)
    world.record("statement.confirm", "statement", report.uuid, by=by, at=at)
    transfers = bookings.statement_confirmed(
        insurer_id=report.insurer.id, provider_id=report.clinic.firm.id, amount_gr=report.total_gr
    )
    world.post("statement.confirm", report.uuid, f"statement:{report.uuid}:confirmed", transfers, at=at)
    issued_on = days.local_date(at)
    world.tables.add(
        "settlement.AccountingDocument",
        statement_id=report.id,
        provider_id=report.clinic.firm.id,
        number=series.take(report.clinic.firm.id, numbers.DOCUMENT_PREFIX, issued_on),
        issued_on=issued_on,
        total_gr=report.total_gr,
        created_at=at,
    )


def keep(world: World, report: Report) -> None:
    """Keep the report with its lines as it is at the end."""
    due_on = report.confirmed_at and days.add_working_days(
        days.local_date(report.confirmed_at), WORKING_DAYS_TO_PAY
    )
    world.tables.add(
        "settlement.SettlementStatement",
        id=report.id,
        uuid=report.uuid,
        number=report.number,
        status=report.status,
        insurer_id=report.insurer.id,
        provider_id=report.clinic.firm.id,
        contract_id=report.clinic.contracts[report.insurer.id],
        period_from=report.first,
        period_to=report.period.last,
        claim_count=len(report.lines),
        total_gr=report.total_gr,
        created_at=report.created_at,
        confirmed_at=report.confirmed_at,
        due_on=due_on,
        ordered_on=report.ordered_on,
        paid_on=report.paid_on,
    )
    for claim, is_correction in report.lines:
        world.tables.add(
            "settlement.StatementLine",
            statement_id=report.id,
            claim_id=claim.id,
            is_correction=is_correction,
            amount_gr=-claim.insurer_gr if is_correction else claim.insurer_gr,
        )
