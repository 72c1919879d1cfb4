"""Statuses and steps of a claim."""

from ols.accounts.permissions import Permission
from ols.workflow.machine import Machine, step


class ClaimStatus:
    """Where a claim stands. The decision (approved, partly, denied) is its `outcome`, not its status."""

    AUTHORIZED = "authorized"
    PENDED = "pended"
    DENIED = "denied"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REVERSED = "reversed"


S = ClaimStatus

# `authorize`, which decides a new claim, is no transition: it inserts the row (services/authorize.py).
CLAIM = Machine(
    name="claim",
    statuses=frozenset({S.AUTHORIZED, S.PENDED, S.DENIED, S.CONFIRMED, S.CANCELLED, S.EXPIRED, S.REVERSED}),
    initial=S.AUTHORIZED,
    transitions={
        "confirm": step(S.AUTHORIZED, to=S.CONFIRMED, by=Permission.CLAIM_SUBMIT),
        "cancel": step(S.AUTHORIZED, S.PENDED, to=S.CANCELLED, by=Permission.CLAIM_SUBMIT),
        "expire": step(S.AUTHORIZED, to=S.EXPIRED, by=None),
        "reverse": step(S.CONFIRMED, to=S.REVERSED, by=Permission.CLAIM_SUBMIT),
        "approve": step(S.PENDED, to=S.AUTHORIZED, by=Permission.CLAIM_REVIEW),
        "deny": step(S.PENDED, to=S.DENIED, by=Permission.CLAIM_REVIEW),
    },
)
