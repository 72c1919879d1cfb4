"""Statuses and steps of an access application."""

from ols.accounts.permissions import Permission
from ols.workflow.machine import Machine, step


class ApplicationStatus:
    """Where an access application stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"


S = ApplicationStatus

APPLICATION = Machine(
    name="application",
    statuses=frozenset({S.SUBMITTED, S.RETURNED, S.APPROVED, S.REJECTED}),
    initial=S.SUBMITTED,
    transitions={
        "resubmit": step(S.RETURNED, to=S.SUBMITTED, by=None),
        "approve": step(S.SUBMITTED, to=S.APPROVED, by=Permission.APPLICATION_REVIEW),
        "return": step(S.SUBMITTED, to=S.RETURNED, by=Permission.APPLICATION_REVIEW),
        "reject": step(S.SUBMITTED, to=S.REJECTED, by=Permission.APPLICATION_REVIEW),
    },
)

# Statuses in which a provider's application still may lead to access; one such a NIP.
OPEN = (S.SUBMITTED, S.RETURNED)


class ExtractOutcome:
    """What reading a register extract gave, seen as a whole."""

    WAITING = "waiting"
    MATCHES = "matches"
    DIFFERS = "differs"
    DOUBTFUL = "doubtful"
    UNREADABLE = "unreadable"


EXTRACT_OUTCOMES = (
    ExtractOutcome.WAITING,
    ExtractOutcome.MATCHES,
    ExtractOutcome.DIFFERS,
    ExtractOutcome.DOUBTFUL,
    ExtractOutcome.UNREADABLE,
)
