"""Two people decide a change of the account at once: one is first, the other is told so; the account agrees.

The checker is shown a planted fault in the same run: steps that do not look at the stored status.
"""

from collections.abc import Callable
from typing import Any

import pytest
from tests import cast, scenes
from tests.cast import AT
from tests.network.steps import OTHER_IBAN, second_owner
from tests.together import many_at_once

from ols.accounts.permissions import Role
from ols.audit import selectors as audit
from ols.kernel.actor import Actor
from ols.network import models, services
from ols.network.services import account_changes
from ols.workflow import machine
from ols.workflow.machine import TransitionRefused

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
DECISIONS = {"account_change.confirm", "account_change.refuse", "account_change.insurer_refuse"}


@pytest.fixture
def deciders() -> tuple[str, list[Callable[[], object]]]:
    """Return a waiting change, and its confirmation by the second owner beside the insurer's refusal."""
    operator, insurer, clinic = cast.operator(), cast.insurer(), cast.provider()
    scenes.prepare_insurer(insurer)
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.active(clinic, insurer)
    second, manager = second_owner(clinic), insurer.actor(Role.NETWORK_MANAGER)
    owner = clinic.actor(Role.OWNER)
    change = str(
        services.ask_account_change(
            actor=owner, contract_uuid=contract, iban=OTHER_IBAN, reason="Nowy bank", at=AT
        )
    )
    return change, [
        lambda: services.confirm_account_change(actor=second, change_uuid=change, at=AT),
        lambda: services.refuse_account_change(actor=manager, change_uuid=change, reason="Nie", at=AT),
    ]


def wrongs(change: str) -> list[str]:
    """Return what does not agree: more than one decision, or an account that none or a refusal explains."""
    row = models.AccountChange.objects.select_related("contract").get(uuid=change)
    decided = [item.event for item in audit.history(subject_uuid=row.uuid) if item.event in DECISIONS]
    found = [] if len(decided) == 1 else [f"decisions: {decided}"]
    wanted = row.iban if row.status == "confirmed" else row.old_iban
    return [*found, *([] if row.contract.iban == wanted else ["account"])]


def test_two_people_decide_at_once_and_one_decision_stands(
    deciders: tuple[str, list[Callable[[], object]]],
) -> None:
    change, acts = deciders
    results = many_at_once(8, lambda number: acts[number % 2]())
    assert sum(result is None for result in results) == 1
    refused = [result for result in results if result is not None]
    assert {type(error) for error in refused} == {TransitionRefused}
    assert wrongs(change) == []


def test_a_planted_fault_is_seen(
    deciders: tuple[str, list[Callable[[], object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    change, acts = deciders

    def careless(made: machine.Machine, row: Any, action: str, *, actor: Actor, **more: Any) -> None:
        """Move the row whatever its stored status is."""
        fields = {"status": made.transitions[action].target, **more["set_fields"]}
        type(row).objects.filter(pk=row.pk).update(**fields)
        account_changes.audit.record(
            event=f"{made.name}.{action}",
            subject_kind=made.name,
            subject_uuid=row.uuid,
            actor=actor,
            at=more["at"],
        )

    monkeypatch.setattr(account_changes.machine, "apply", careless)
    monkeypatch.setattr(account_changes.selectors, "may_confirm", lambda *_: True)
    results = many_at_once(8, lambda number: acts[number % 2]())
    assert results == [None] * 8
    assert wrongs(change)[0].startswith("decisions: ")
