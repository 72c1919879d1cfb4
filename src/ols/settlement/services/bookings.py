"""What each step of a settlement means in the ledger: pure functions from amounts to transfers.

claim decided      insurer:benefit-expense → provider:decided   (booked by claims)
report confirmed   provider:decided → provider:payable
transfer ordered   provider:payable → insurer:clearing
bank confirmed     insurer:clearing → insurer:bank
returned           the two last ones in the opposite direction
"""

from ols.ledger.services import Transfer, insurer_account, provider_account


def statement_confirmed(*, insurer_id: int, provider_id: int, amount_gr: int) -> list[Transfer]:
    """The insurer owes the clinic the report's total."""
    return [
        Transfer(
            provider_account(insurer_id=insurer_id, provider_id=provider_id, stage="decided"),
            provider_account(insurer_id=insurer_id, provider_id=provider_id, stage="payable"),
            amount_gr,
        )
    ]


def payment_ordered(*, insurer_id: int, provider_id: int, amount_gr: int) -> list[Transfer]:
    """The transfer is in an approved file, on its way through the bank."""
    return [
        Transfer(
            provider_account(insurer_id=insurer_id, provider_id=provider_id, stage="payable"),
            insurer_account(insurer_id=insurer_id, purpose="clearing"),
            amount_gr,
        )
    ]


def payment_booked(*, insurer_id: int, amount_gr: int) -> list[Transfer]:
    """The bank took the money from the insurer's account."""
    return [
        Transfer(
            insurer_account(insurer_id=insurer_id, purpose="clearing"),
            insurer_account(insurer_id=insurer_id, purpose="bank"),
            amount_gr,
        )
    ]


def payment_returned(*, insurer_id: int, provider_id: int, amount_gr: int) -> list[Transfer]:
    """The money came back: the insurer owes it again."""
    forward = [
        *payment_ordered(insurer_id=insurer_id, provider_id=provider_id, amount_gr=amount_gr),
        *payment_booked(insurer_id=insurer_id, amount_gr=amount_gr),
    ]
    return [Transfer(step.destination, step.source, step.amount_gr) for step in reversed(forward)]
