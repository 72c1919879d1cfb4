"""Reading what was read: the newest reading of an application's extract, for the operator."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.kernel.actor import Actor
from ols.onboarding import models, states
from ols.onboarding.extract_comparison import ComparedField, GivenReason


@dataclass(frozen=True, slots=True)
class ExtractReadingRow:
    """The newest reading. `outcome` is of `states.ExtractOutcome`; `rows` are empty when nothing was read."""

    outcome: str
    requested_at: datetime
    read_at: datetime | None
    rows: tuple[ComparedField, ...]
    reasons: tuple[GivenReason, ...]
    is_automatic: bool
    may_repeat: bool


def extract_reading(actor: Actor, *, application_uuid: UUID) -> ExtractReadingRow | None:
    """Return the application's newest reading; None when there is nothing to read."""
    actor.require(Permission.APPLICATION_REVIEW)
    rows = models.ExtractReading.objects.filter(application__uuid=application_uuid)
    row = rows.select_related("application").order_by("-id").first()
    if row is None:
        return None
    is_waiting = row.outcome == states.ExtractOutcome.WAITING
    return ExtractReadingRow(
        outcome=row.outcome,
        requested_at=row.requested_at,
        read_at=row.read_at,
        rows=tuple(ComparedField(**item) for item in row.comparison),
        reasons=tuple(GivenReason(**item) for item in row.reasons),
        is_automatic=row.application.is_automatic,
        may_repeat=row.application.status in states.OPEN and not is_waiting,
    )
