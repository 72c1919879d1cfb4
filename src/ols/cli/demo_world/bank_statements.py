"""Bank statements of the insurers: they confirm the transfers, and hold a few entries of another kind."""

from hashlib import sha256
from typing import Any

from ols.accounts.permissions import Role
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.payments import Batch, settle
from ols.cli.demo_world.world import World
from ols.settlement.services import matching

_FIRST_BALANCE_GR = 5_000_000_00
_FEE_GR = 25_00
_STRAY_GR = 137_50


class Bank:
    """The insurers' bank: it executes files and writes statements, one balance following another."""

    def __init__(self, world: World) -> None:
        """Begin with the insurers' first balances."""
        self._world = world
        self._balances = {insurer.id: _FIRST_BALANCE_GR for insurer in world.insurers}

    def execute(self, batch: Batch, *, is_last: bool) -> None:
        """Book the file's transfers and import the statement that says so.

        On the last statement a fee and a stranger's money still wait for a person.
        """
        at, world = at_hour(batch.period.seen_on, 7), self._world
        settle(world, batch, at=at)
        entries = [*_transfers(batch), _fee(is_open=is_last)]
        if is_last:
            entries.append(_stray())
        statement_id = self._add_statement(batch, entries)
        for position, entry in enumerate(entries, start=1):
            world.tables.add(
                "settlement.BankEntry",
                statement_id=statement_id,
                position=position,
                booked_on=batch.period.executed_on,
                bank_reference=f"{batch.period.executed_on:%y%m%d}{statement_id:04d}{position:03d}",
                **entry,
            )

    def _add_statement(self, batch: Batch, entries: list[dict[str, Any]]) -> int:
        insurer, at, uuid = batch.insurer, at_hour(batch.period.seen_on, 7), self._world.chance.uuid()
        name = f"WYCIAG-{batch.period.executed_on:%Y-%m-%d}"
        opening_gr = self._balances[insurer.id]
        closing_gr = opening_gr + sum(
            entry["amount_gr"] if entry["is_credit"] else -entry["amount_gr"] for entry in entries
        )
        self._balances[insurer.id] = closing_gr
        by = insurer.actor(Role.FINANCE_PREPARER)
        data = {"entries": len(entries)}
        self._world.record("bank_statement.import", "bank_statement", uuid, by=by, at=at, data=data)
        return self._world.tables.add(
            "settlement.BankStatement",
            uuid=uuid,
            insurer_id=insurer.id,
            sha256=sha256(f"{insurer.iban} {name}".encode()).hexdigest(),
            statement_id=name,
            iban=insurer.iban,
            opening_gr=opening_gr,
            closing_gr=closing_gr,
            imported_at=at,
            user_id=by.user_id,
            file_name=f"{name}.xml",
        )


def _transfers(batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            "is_credit": False,
            "amount_gr": transfer.report.total_gr,
            "end_to_end_id": transfer.end_to_end_id,
            "counterparty_name": transfer.report.clinic.firm.name,
            "counterparty_iban": transfer.iban,
            "remittance": f"Raport {transfer.report.number}",
            "payment_id": transfer.id,
            "matched_by": matching.BY_PAYMENT_NUMBER,
        }
        for transfer in batch.transfers
    ]


def _fee(*, is_open: bool) -> dict[str, Any]:
    """Return the bank's own fee: a person sets it aside."""
    return {
        "is_credit": False,
        "amount_gr": _FEE_GR,
        "remittance": "Opłata za przelewy",
        "matched_by": "" if is_open else matching.SET_ASIDE,
        "unmatched_reason": matching.NOTHING_FITS,
    }


def _stray() -> dict[str, Any]:
    """Return money that came in from a stranger."""
    return {
        "is_credit": True,
        "amount_gr": _STRAY_GR,
        "counterparty_name": "Nadawca nieznany (demo)",
        "remittance": "Zwrot nadpłaty",
        "unmatched_reason": matching.NOTHING_FITS,
    }
