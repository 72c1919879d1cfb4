"""A price list that the first clinic is still typing: prices, a slip, a service it no longer offers."""

from ols.accounts.permissions import Role
from ols.cli.demo_world.world import World
from ols.kernel.merging import Tab
from ols.network import price_checks
from ols.network import selectors as network_selectors
from ols.network import services as network

_AREA = "LAB"
_RAISED_GR = 1_00


def leave_price_draft(world: World) -> None:
    """Type half of the next price list of laboratory tests; nothing of it is sent."""
    owner, insurer = world.clinics[0].firm.actor(Role.OWNER), world.insurers[0]
    contract = network_selectors.active_contract(owner, insurer_id=insurer.id)
    assert contract is not None
    sheet = network_selectors.price_sheet(owner, contract_uuid=contract.uuid, area_code=_AREA, on=world.today)
    priced = [row.row for row in sheet.rows if row.row.contracted_gr is not None]
    raised = {
        str(row.service_id): price_checks.shown((row.limit_gr or row.contracted_gr or 0) + _RAISED_GR)
        for row in priced[:4]
    }
    wrong, dropped = (str(row.service_id) for row in priced[4:6])
    network.keep_entries(
        actor=owner,
        contract_uuid=contract.uuid,
        area_code=_AREA,
        typed=raised | {wrong: "14 zł 50", dropped: ""},
        tab=Tab("demo", sheet.version),
        at=world.at,
    )
