"""Who is highlighted in the demo networks: many are, one misses it by 1,00 zł, one will lose it soon."""

from datetime import timedelta

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.catalog import services as catalog_services
from ols.catalog.own_service import OwnService
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.world import World
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import services as network

# By place among the joined clinics: their consultations cost what the first insurer covers at most.
EXACT = (0, 1)
_MISSING = 1
AREA = "CONS"
_ZLOTY = 100
_BADGES_AFTER, _LOWERED_IN = timedelta(days=20), timedelta(days=10)
_LOWERED_BY = 5 * _ZLOTY
_OWN = OwnService("TELE-01", "Teleporada internisty (demo)", "szt.", "89.02")


def exact_prices(place: int, rows: list[catalog.ServiceRow]) -> dict[int, int]:
    """Return prices at the limits; those of one clinic are above one of them by the smallest step."""
    prices = {row.id: row.demo_price_gr for row in rows}
    if place == _MISSING:
        prices[rows[0].id] += _ZLOTY
    return prices


def give_badges(world: World) -> None:
    """Let the badges come that the prices and limits of the first days earn."""
    at = at_hour(world.founded + _BADGES_AFTER, 1)
    network.refresh_network(actor=Actor.system("job"), at=at)


def plan_changes(world: World) -> None:
    """Add an own service of the first insurer, and lower one of its limits from a day that is near."""
    planner = world.insurers[0].actor(Role.PLAN_MANAGER)
    area = catalog.area(code=AREA)
    lowered = catalog.services(area_id=area.id)[0]
    catalog_services.add_own_service(actor=planner, area_id=area.id, service=_OWN, at=world.at)
    network.set_price_limits(
        actor=planner,
        limits={lowered.id: lowered.demo_price_gr - _LOWERED_BY},
        valid_from=days.local_date(world.at) + _LOWERED_IN,
        at=world.at,
    )
