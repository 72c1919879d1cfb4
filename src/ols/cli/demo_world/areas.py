"""Thematic areas in words and in every state: described, closing soon, closed while a clinic has a draft."""

from datetime import timedelta

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.cli.demo_world.world import Clinic, Firm, World
from ols.kernel.actor import Actor
from ols.kernel.merging import Tab
from ols.network import price_checks, selectors, services

_DESCRIPTIONS = {
    "CONS": (
        "Porady specjalistów i drobne zabiegi w gabinecie (demo).",
        "Visits to specialists and small procedures at the surgery (demo).",
    ),
    "LAB": (
        "Badania krwi i moczu, także z pobraniem w placówce (demo).",
        "Tests of blood and urine, with taking of samples at the clinic (demo).",
    ),
    "REHAB": (
        "Fizjoterapia ambulatoryjna, bez turnusów (demo).",
        "Physiotherapy without overnight stays (demo).",
    ),
}
# The first insurer will close one, the second has closed another.
_CLOSING, _CLOSED = "HOME", "REHAB"
_AHEAD = timedelta(days=14)
_RAISED_GR = 5_00


def vary_areas(world: World) -> None:
    """Describe areas, announce that one closes, close another, which a clinic was preparing a list for."""
    ids = {area.code: area.id for area in catalog.areas()}
    for insurer in world.insurers:
        for code, (text, text_en) in _DESCRIPTIONS.items():
            services.describe_area(
                actor=_manager(insurer), area_id=ids[code], text=text, text_en=text_en, at=world.at
            )
    first, second = world.insurers
    for clinic in world.clinics:
        if _leave_draft(world, clinic, second):
            break
    for insurer, code, day in ((first, _CLOSING, world.today + _AHEAD), (second, _CLOSED, world.today)):
        services.close_area(actor=_manager(insurer), area_id=ids[code], closes_on=day, at=world.at)


def _leave_draft(world: World, clinic: Clinic, insurer: Firm) -> bool:
    """Let a clinic with prices in the area raise one of them; say whether it could."""
    owner = clinic.firm.actor(Role.OWNER)
    contract = selectors.active_contract(owner, insurer_id=insurer.id)
    if contract is None:
        return False
    area = selectors.contract_area(owner, uuid=contract.uuid, code=_CLOSED, on=world.today)
    if area.accepted_at is None or area.list_uuid or not area.has_prices:
        return False
    sheet = selectors.price_sheet(owner, contract_uuid=contract.uuid, area_code=_CLOSED, on=world.today)
    row = next(one.row for one in sheet.rows if one.row.contracted_gr is not None)
    services.keep_entries(
        actor=owner,
        contract_uuid=contract.uuid,
        area_code=_CLOSED,
        typed={str(row.service_id): price_checks.shown((row.contracted_gr or 0) + _RAISED_GR)},
        tab=Tab("demo", sheet.version),
        at=world.at,
    )
    return True


def _manager(insurer: Firm) -> Actor:
    return insurer.actor(Role.NETWORK_MANAGER)
