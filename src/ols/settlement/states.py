"""Statuses and steps of settlement statements and payment batches."""

from ols.accounts.permissions import Permission as P
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
        "confirm": step(S.GENERATED, to=S.CONFIRMED, by=P.SETTLEMENT_CONFIRM),
        "discard": step(S.GENERATED, to=S.DISCARDED, by=P.SETTLEMENT_CONFIRM),
        "order": step(S.CONFIRMED, S.RETURNED, to=S.ORDERED, by=P.PAYMENT_APPROVE),
        "pay": step(S.ORDERED, to=S.PAID, by=P.BANK_IMPORT),
        "bounce": step(S.PAID, to=S.RETURNED, by=P.BANK_IMPORT),
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
        "approve": step(B.PREPARED, to=B.APPROVED, by=P.PAYMENT_APPROVE),
        "cancel": step(B.PREPARED, to=B.CANCELLED, by=P.PAYMENT_PREPARE),
        "settle": step(B.APPROVED, to=B.SETTLED, by=P.BANK_IMPORT),
    },
)
