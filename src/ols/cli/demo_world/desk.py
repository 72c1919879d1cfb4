"""The insurers' desks: an offer returned with remarks at single fields, and what each network needs."""

from ols.accounts.permissions import Role
from ols.cli.demo_world import waiting
from ols.cli.demo_world.world import World
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import asked
from ols.network import selectors as network_selectors
from ols.network import services as network
from ols.network.selectors import dashboard
from ols.registry import geography

# Looked for from here on: the first clinics have other offers.
_FIRST = 3
# Every third pair of voivodeship and area wants more clinics than there are.
_MISSING = (0, 0, 2)
_REMARKS = {
    "iban": "Podaj rachunek zgłoszony do urzędu skarbowego.",
    asked.document_field("OC"): "Dokument jest nieaktualny: dodaj aktualny.",
}


def leave_desk(world: World) -> None:
    """Return an offer, and set what the networks need; automatic acceptance stays off."""
    _return_offer(world)
    for insurer in world.insurers:
        _set_needs(world, insurer.actor(Role.NETWORK_MANAGER))


def _return_offer(world: World) -> None:
    insurer = world.insurers[1]
    for place in range(_FIRST, len(world.clinics)):
        owner = world.clinics[place].firm.actor(Role.OWNER)
        if network_selectors.open_contract(owner, insurer_id=insurer.id) is None:
            contract = waiting.send_offer(world, place)
            network.return_offer(
                actor=insurer.actor(Role.NETWORK_MANAGER),
                contract_uuid=contract,
                remark="Popraw dwa pola i wyślij ofertę ponownie.",
                fields=_REMARKS,
                at=world.at,
            )
            return


def _set_needs(world: World, actor: Actor) -> None:
    places = tuple(geography.voivodeships())
    rows = dashboard.coverage(actor, voivodeships=places, on=days.local_date(world.at))
    needs = {}
    for number, row in enumerate(rows):
        for cell in row.cells:
            wanted = cell.there + _MISSING[(number + cell.area.position) % len(_MISSING)]
            needs[row.voivodeship, cell.area.id] = wanted
    network.set_needs(actor=actor, needs=needs, at=world.at)
