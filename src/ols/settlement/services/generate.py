"""Making a report of unsettled claims, and discarding one that was not confirmed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db import locks
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.settlement import models, states
from ols.settlement.selectors import sources
from ols.settlement.services import numbers
from ols.workflow import machine


class PeriodRefused(Exception):
    """The period ends before it begins."""


class NothingToSettle(Exception):
    """No confirmed claim of the period waits for a report."""


class CorrectionsExceedClaims(Exception):
    """What is taken back is more than what is owed; `amount_gr` (not above zero) waits for later claims."""

    def __init__(self, amount_gr: int) -> None:
        super().__init__(str(amount_gr))
        self.amount_gr = amount_gr


@use_case
def generate_statement(
    *, actor: Actor, insurer_uuid: UUID | str, period_from: date, period_to: date, at: datetime
) -> UUID:
    """Put every settleable claim of the period (by day of service, inclusive) on a new report.

    Corrections of claims that were reversed after an earlier report come along whatever their day.
    Returns the report's uuid.

    :raises PeriodRefused: the period ends before it begins
    :raises NothingToSettle: no claim waits
    :raises CorrectionsExceedClaims: the total would not be above zero
    :raises ols.db.errors.NotFound: no such insurer
    """
    actor.require(Permission.SETTLEMENT_CONFIRM)
    if period_to < period_from:
        raise PeriodRefused
    provider_id, insurer_id = _provider_id(actor), _insurer_id(insurer_uuid)
    lock_reports(provider_id=provider_id)
    claims = sources.settleable_claims(
        provider_id=provider_id, insurer_id=insurer_id, day_from=period_from, day_to=period_to
    )
    total_gr = _total(claims)
    statement = models.SettlementStatement.objects.create(
        number=_number(at),
        insurer_id=insurer_id,
        provider_id=provider_id,
        # Money goes to the account of the newest contract that the claims were made under.
        contract_id=max(claim.contract_id for claim in claims),
        period_from=period_from,
        period_to=period_to,
        claim_count=len(claims),
        total_gr=total_gr,
        created_at=at,
    )
    _write_lines(statement, claims)
    _record(actor, statement, at)
    return statement.uuid


@use_case
def discard_statement(*, actor: Actor, uuid: UUID | str, at: datetime) -> None:
    """Give up a report that was not confirmed; its claims wait for the next one.

    :raises ols.workflow.machine.TransitionRefused: it is confirmed already
    :raises ols.db.errors.NotFound: not a report of this clinic
    """
    statement = locked_statement(actor=actor, uuid=uuid)
    machine.apply(states.STATEMENT, statement, "discard", actor=actor, at=at)
    statement.lines.all().delete()


@within_transaction
def lock_reports(*, provider_id: int) -> None:
    """Let one report of a provider be made at a time: two would read the same claims as unsettled."""
    locks.hold("settlement.reports", provider_id)


@within_transaction
def locked_statement(*, actor: Actor, uuid: UUID | str) -> models.SettlementStatement:
    """Return the provider's own report, locked until the transaction ends.

    :raises ols.db.errors.NotFound: not a report of this clinic
    """
    found = models.SettlementStatement.objects.select_for_update().filter(
        uuid=uuid, provider_id=_provider_id(actor)
    )
    statement = found.first()
    if statement is None:
        raise NotFound
    return statement


def _write_lines(statement: models.SettlementStatement, claims: Sequence[sources.SettleableClaim]) -> None:
    models.StatementLine.objects.bulk_create(
        [
            models.StatementLine(
                statement=statement,
                claim_id=claim.claim_id,
                is_correction=claim.is_correction,
                amount_gr=claim.amount_gr,
            )
            for claim in claims
        ],
        batch_size=2000,
    )


def _total(claims: Sequence[sources.SettleableClaim]) -> int:
    if not claims:
        raise NothingToSettle
    total_gr = sum(claim.amount_gr for claim in claims)
    if total_gr <= 0:
        raise CorrectionsExceedClaims(total_gr)
    return total_gr


def _provider_id(actor: Actor) -> int:
    if actor.organization_kind != "provider" or actor.organization_id is None:
        raise NotFound
    return actor.organization_id


def _insurer_id(uuid: UUID | str) -> int:
    for row in accounts.organizations(kind="insurer"):
        if row.uuid == str(uuid):
            return row.id
    raise NotFound


def _number(at: datetime) -> str:
    """Return the next number of the platform's series of reports."""
    return numbers.next_number(organization_id=None, prefix=numbers.STATEMENT_PREFIX, day=days.local_date(at))


def _record(actor: Actor, statement: models.SettlementStatement, at: datetime) -> None:
    """Write the new report into the record."""
    audit.record(
        event="statement.generate",
        subject_kind="statement",
        subject_uuid=statement.uuid,
        actor=actor,
        at=at,
        data={"claims": statement.claim_count, "total_gr": statement.total_gr},
    )
