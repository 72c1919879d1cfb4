"""Every step from every status by everybody, through the services: exactly what is written here happens."""

import pytest
from tests.network import steps

from ols.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from ols.network.states import CONTRACT, ContractStatus
from ols.workflow.machine import Machine, step

pytestmark = pytest.mark.django_db

OWNERS = "clinic owner, clinic second-owner"
SIGNERS = f"{OWNERS}, clinic terms-signer"
PRICERS = f"{OWNERS}, clinic price-editor"
MANAGER = "insurer network-manager"
REVIEWERS = f"{MANAGER}, insurer offer-reviewer"
# step: from which statuses, to which one (empty: it stays), by whom. Written by hand, not read from the code.
EXPECTED = {
    "contract.send_offer": ("draft returned", "offered", SIGNERS),
    "contract.withdraw": ("offered", "draft", SIGNERS),
    "contract.accept": ("offered", "active", REVIEWERS),
    "contract.return": ("offered", "returned", REVIEWERS),
    "contract.reject": ("offered", "rejected", REVIEWERS),
    "contract.suspend": ("active", "suspended", REVIEWERS),
    "contract.resume": ("suspended", "active", REVIEWERS),
    "contract.give_notice": ("active suspended", "", SIGNERS),
    "contract.withdraw_notice": ("active suspended", "", SIGNERS),
    "contract.terminate": ("active suspended", "", REVIEWERS),
    "contract.cancel_termination": ("active suspended", "", REVIEWERS),
    "contract.end": ("active suspended", "ended", "system"),
    "price_list.send": ("draft returned", "sent", PRICERS),
    "price_list.withdraw": ("sent", "draft", PRICERS),
    "price_list.accept": ("sent", "accepted", REVIEWERS),
    "price_list.return": ("sent", "returned", REVIEWERS),
    "price_list.counter": ("sent", "countered", REVIEWERS),
    "price_list.reply": ("countered", "sent", PRICERS),
    "price_list.agree": ("countered", "accepted", PRICERS),
    "price_list.rework": ("countered", "draft", PRICERS),
    "price_list.carry_counter": ("draft", "countered", "system"),
    "price_list.carry_reply": ("draft", "sent", "system"),
    # The first owner asked for the change: the second one decides, only the first takes it back.
    "account_change.confirm": ("waiting", "confirmed", "clinic second-owner"),
    "account_change.refuse": ("waiting", "refused", "clinic second-owner"),
    "account_change.insurer_confirm": ("waiting", "confirmed", REVIEWERS),
    "account_change.insurer_refuse": ("waiting", "refused", REVIEWERS),
    "account_change.withdraw": ("waiting", "withdrawn", "clinic owner"),
    "contract_document.replace": ("given waiting returned", "replaced", SIGNERS),
    "contract_document.remove": ("given waiting returned", "removed", SIGNERS),
    "contract_document.restore": ("removed", "given", SIGNERS),
    # Part of adding a document while the co-operation lasts; no document that is there is ever sent.
    "contract_document.send": ("", "waiting", SIGNERS),
    "contract_document.accept": ("waiting", "given", REVIEWERS),
    "contract_document.return": ("waiting", "returned", REVIEWERS),
    "contract_document.give_way": ("given", "replaced", REVIEWERS),
}


@pytest.fixture
def world() -> steps.World:
    return steps.make()


def expected(name: str) -> set[tuple[str, str, str, str]]:
    """Return every (step, status, who, status after) that must happen."""
    sources, target, people = EXPECTED[name]
    return {(name, source, who, target or source) for source in sources.split() for who in people.split(", ")}


def of_machine(machine: str) -> list[str]:
    return [f"{machine}.{action}" for action in steps.MACHINES[machine].transitions]


def test_every_step_of_every_machine_is_tried() -> None:
    found = {name for machine in steps.MACHINES for name in of_machine(machine)}
    assert found == set(EXPECTED)
    assert found == set(steps.STEPS)


@pytest.mark.parametrize("machine", sorted(steps.MACHINES))
def test_exactly_these_steps_come_through(world: steps.World, machine: str) -> None:
    names = of_machine(machine)
    happened = {found for name in names for found in steps.tried(world, name)}
    assert happened == set().union(*(expected(name) for name in names))


def test_a_planted_wrong_source_is_caught(world: steps.World, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = step(ContractStatus.OFFERED, ContractStatus.REJECTED, to="active", by=Permission.CONTRACT_REVIEW)
    monkeypatch.setitem(CONTRACT.transitions, "accept", wrong)
    happened = set(steps.tried(world, "contract.accept"))
    planted = {("contract.accept", "rejected", who, "active") for who in REVIEWERS.split(", ")}
    assert happened - expected("contract.accept") == planted


def test_a_planted_permission_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ROLE_PERMISSIONS[Role.RECEPTIONIST] | {Permission.ACCOUNT_CHANGE}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.RECEPTIONIST, wrong)
    happened = set(steps.tried(steps.make(), "account_change.confirm"))
    planted = ("account_change.confirm", "waiting", "clinic receptionist", "confirmed")
    assert happened - expected("account_change.confirm") == {planted}


@pytest.mark.parametrize("made", steps.MACHINES.values(), ids=lambda made: made.name)
def test_every_status_can_be_reached(made: Machine) -> None:
    reached = {made.initial}
    for _ in made.statuses:
        reached |= {
            item.target for item in made.transitions.values() if item.target and item.sources & reached
        }
    assert reached == made.statuses


def test_each_side_has_its_own_buttons(world: steps.World) -> None:
    owner, manager = world.people["clinic owner"], world.people[MANAGER]
    assert CONTRACT.actions_from("offered", owner) == ["withdraw"]
    assert CONTRACT.actions_from("offered", manager) == ["accept", "return", "reject"]
    assert CONTRACT.actions_from("suspended", manager) == ["resume", "terminate", "cancel_termination"]
