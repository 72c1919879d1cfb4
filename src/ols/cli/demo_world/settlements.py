"""A year of money: reports twice a month, payment files, bank statements. The last ones wait for people."""

from ols.cli.demo_world import payments, reports
from ols.cli.demo_world.bank_statements import Bank
from ols.cli.demo_world.made import MadeClaim
from ols.cli.demo_world.periods import Period, closed_periods
from ols.cli.demo_world.reports import Desk, Report, Series
from ols.cli.demo_world.world import Firm, World

# How far the last half-month has come, by the clinic's place in the world; the others were paid.
_UNREPORTED, _GENERATED, _CONFIRMED, _PREPARED, _APPROVED = range(5)
_PAID = _APPROVED + 1
_STAGE_OF_PLACE = (
    _UNREPORTED, _GENERATED, _CONFIRMED, _CONFIRMED, _PREPARED, _PREPARED, _APPROVED, _APPROVED,
)  # fmt: skip


def settle_year(world: World, made: list[MadeClaim]) -> None:
    """Report, confirm and pay the claims of every closed half-month, and keep all of it."""
    series, bank = Series(), Bank(world)
    desks = reports.open_desks(world, made)
    periods = closed_periods(world.first_claims, world.today)
    for period in periods:
        is_last = period is periods[-1]
        stages = _report(world, series, desks, period, is_last=is_last)
        for insurer in world.insurers:
            for stage in (_PREPARED, _APPROVED, _PAID):
                due = [report for report in stages.get(stage, ()) if report.insurer is insurer]
                if due:
                    _pay(world, series, bank, insurer, period, due, stage, is_last=is_last)
        for found in stages.values():
            for report in found:
                reports.keep(world, report)
    series.keep(world)


def _report(
    world: World, series: Series, desks: list[Desk], period: Period, *, is_last: bool
) -> dict[int, list[Report]]:
    """Make and confirm the reports of a period; return them by how far they are to come."""
    places = {clinic.firm.id: place for place, clinic in enumerate(world.clinics)}
    stages: dict[int, list[Report]] = {}
    for desk in desks:
        place = places[desk.clinic.firm.id]
        stage = _STAGE_OF_PLACE[place] if is_last and place < len(_STAGE_OF_PLACE) else _PAID
        report = desk.report(world, series, period) if stage != _UNREPORTED else None
        if report is None:
            continue
        if stage >= _CONFIRMED:
            reports.confirm(world, series, report)
        stages.setdefault(stage, []).append(report)
    return stages


def _pay(  # noqa: PLR0913 - the parts of one payment file
    world: World,
    series: Series,
    bank: Bank,
    insurer: Firm,
    period: Period,
    due: list[Report],
    stage: int,
    *,
    is_last: bool,
) -> None:
    """Take one payment file as far as it is to come."""
    batch = payments.prepare(world, series, insurer, period, due)
    if stage >= _APPROVED:
        payments.approve(world, batch)
    if stage == _PAID:
        bank.execute(batch, is_last=is_last)
    payments.keep(world, batch)
