"""Statuses and steps of settlement statements and payment batches."""

from ols.accounts.permissions import Permission
from ols.workflow.machine import Machine, step


class StatementStatus:
    """generated → confirmed → ordered (its payment file was approved) → paid, or returned by the bank."""

    GENERATED = "generated"
    CONFIRMED = "confirmed"
    ORDERED = "ordered"
    PAID = "paid"
    RETURNED = "returned"
    DISCARDED = "discarded"


S = StatementStatus

STATEMENT = Machine(
    name="statement",
    statuses=frozenset({S.GENERATED, S.CONFIRMED, S.ORDERED, S.PAID, S.RETURNED, S.DISCARDED}),
    initial=S.GENERATED,
    transitions={
        "confirm": step(S.GENERATED, to=S.CONFIRMED, by=Permission.SETTLEMENT_CONFIRM),
        "discard": step(S.GENERATED, to=S.DISCARDED, by=Permission.SETTLEMENT_CONFIRM),
        "order": step(S.CONFIRMED, S.RETURNED, to=S.ORDERED, by=Permission.PAYMENT_APPROVE),
        "pay": step(S.ORDERED, to=S.PAID, by=Permission.BANK_IMPORT),
        "bounce": step(S.PAID, to=S.RETURNED, by=Permission.BANK_IMPORT),
    },
)


class BatchStatus:
    """A payment file: prepared by one person, approved by another, then the bank's word."""

    PREPARED = "prepared"
    APPROVED = "approved"
    CANCELLED = "cancelled"
    SETTLED = "settled"


B = BatchStatus

BATCH = Machine(
    name="payment_batch",
    statuses=frozenset({B.PREPARED, B.APPROVED, B.CANCELLED, B.SETTLED}),
    initial=B.PREPARED,
    transitions={
        "approve": step(B.PREPARED, to=B.APPROVED, by=Permission.PAYMENT_APPROVE),
        "cancel": step(B.PREPARED, to=B.CANCELLED, by=Permission.PAYMENT_PREPARE),
        "settle": step(B.APPROVED, to=B.SETTLED, by=Permission.BANK_IMPORT),
    },
)
