"""A new version of an insurer's general terms: published yesterday, to be accepted within three weeks."""

from datetime import timedelta
from typing import Final

from ols.accounts.permissions import Role
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.world import World
from ols.network import services as network

# The clinic that was quick; everybody else finds the new version among their tasks.
_QUICK: Final = 3
_CHANGED: Final = (
    "Decyzja systemu jest ważna przez 24 godziny.",
    "Decyzja systemu jest ważna przez 48 godzin.",
)
_ADDED: Final = "5. Zmiana rachunku bankowego wymaga potwierdzenia drugiej osoby.\n"


def publish_new_terms(world: World) -> None:
    """Publish the first insurer's next general terms; one clinic has accepted them already."""
    insurer = world.insurers[0]
    old, at = world.texts["general", insurer.id, None], at_hour(world.today, 9) - timedelta(days=1)
    draft = network.TermsDraft(
        kind="general",
        version="2.0",
        valid_from=world.today + timedelta(days=7),
        title=old.title,
        body=old.body.replace(*_CHANGED) + _ADDED,
    )
    uuid = str(network.publish_terms(actor=insurer.actor(Role.NETWORK_MANAGER), draft=draft, at=at))
    if len(world.clinics) > _QUICK:
        owner, at = world.clinics[_QUICK].firm.actor(Role.OWNER), at + timedelta(hours=2)
        network.open_terms(actor=owner, terms_uuid=uuid, at=at)
        network.accept_terms(actor=owner, terms_uuid=uuid, at=at)
