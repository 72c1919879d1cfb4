"""Co-operations that changed, through the product's services: another account, suspended, ending."""

from datetime import timedelta

from ols.accounts.permissions import Role
from ols.cli.demo_world.world import Clinic, World
from ols.kernel import generated
from ols.network import selectors, services

# Which of the joined clinics is in what state with the first insurer, by place.
_CHANGING, _SUSPENDED, _LEAVING = 3, 4, 5
_NOTICE = timedelta(days=30)


def vary_cooperations(world: World) -> None:
    """Let one clinic change its account, one be suspended, one leave."""
    if len(world.clinics) <= _LEAVING:
        return
    at, manager = world.at, world.insurers[0].actor(Role.NETWORK_MANAGER)
    changing, leaving = world.clinics[_CHANGING], world.clinics[_LEAVING]
    services.ask_account_change(
        actor=changing.firm.actor(Role.OWNER),
        contract_uuid=_contract(world, changing),
        iban=generated.make_nrb(world.chance),
        reason="Zmieniliśmy bank (demo).",
        at=at,
    )
    services.suspend_cooperation(
        actor=manager,
        contract_uuid=_contract(world, world.clinics[_SUSPENDED]),
        reason="Polisa odpowiedzialności cywilnej wygasła (demo).",
        at=at,
    )
    services.give_notice(
        actor=leaving.firm.actor(Role.OWNER),
        contract_uuid=_contract(world, leaving),
        ends_on=world.today + _NOTICE,
        reason="Zamykamy poradnię (demo).",
        at=at,
    )


def _contract(world: World, clinic: Clinic) -> str:
    """Return the clinic's active contract with the first insurer."""
    found = selectors.active_contract(clinic.firm.actor(Role.OWNER), insurer_id=world.insurers[0].id)
    assert found is not None
    return found.uuid
