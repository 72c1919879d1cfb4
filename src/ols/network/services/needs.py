"""How many clinics an insurer wants in each area of each voivodeship."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db import locks
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.need_file import MOST_WANTED


class NeedWrong(ValueError):
    """A need is a number from 0 to 9999 in an area there is."""


@use_case
def set_needs(*, actor: Actor, needs: Mapping[tuple[str, int], int], at: datetime) -> int:
    """Keep the needs given by voivodeship and area; 0 takes one away, what is not named stays.

    Returns how many changed.

    :raises NeedWrong: a number or an area that cannot be
    """
    insurer_id = own_insurer(actor)
    require_right(needs)
    changed = write_needs(insurer_id, needs, kept=locked_needs(insurer_id))
    if changed:
        record_needs("network_need.set", actor, at, changed)
    return len(changed)


def own_insurer(actor: Actor) -> int:
    """Return the insurer the actor sets needs for.

    :raises ols.kernel.actor.NotPermitted: the actor does not
    :raises ols.db.errors.NotFound: the actor works for no insurer
    """
    actor.require(Permission.NETWORK_SETUP)
    if actor.organization_kind != "insurer":
        raise NotFound
    return actor.organization()


def require_right(needs: Mapping[tuple[str, int], int]) -> None:
    """Refuse numbers and areas that cannot be."""
    areas = {area.id for area in catalog.areas()}
    if not all(area in areas and 0 <= wanted <= MOST_WANTED for (_, area), wanted in needs.items()):
        raise NeedWrong


def locked_needs(insurer_id: int) -> dict[tuple[str, int], int]:
    """Return the insurer's needs; nobody else changes them until the transaction ends."""
    locks.hold("network.needs", insurer_id)
    rows = models.NetworkNeed.objects.filter(insurer_id=insurer_id)
    return {(row.voivodeship, row.area_id): row.wanted for row in rows}


def write_needs(
    insurer_id: int, needs: Mapping[tuple[str, int], int], *, kept: Mapping[tuple[str, int], int]
) -> list[list[object]]:
    """Write what differs from what was kept; return voivodeship, area's code, before and now, each."""
    codes = {area.id: area.code for area in catalog.areas()}
    changed = {key: wanted for key, wanted in needs.items() if wanted != kept.get(key, 0)}
    own = models.NetworkNeed.objects.filter(insurer_id=insurer_id)
    for place, area in [key for key, wanted in changed.items() if not wanted]:
        own.filter(voivodeship=place, area_id=area).delete()
    models.NetworkNeed.objects.bulk_create(
        [
            models.NetworkNeed(insurer_id=insurer_id, voivodeship=place, area_id=area, wanted=wanted)
            for (place, area), wanted in changed.items()
            if wanted
        ],
        update_conflicts=True,
        unique_fields=["insurer", "voivodeship", "area"],
        update_fields=["wanted"],
    )
    return [
        [place, codes[area], kept.get((place, area), 0), n] for (place, area), n in sorted(changed.items())
    ]


def record_needs(event: str, actor: Actor, at: datetime, changed: list[list[object]], **more: object) -> None:
    """Keep what was and what is now, each with its voivodeship and area."""
    insurer = accounts.organization(organization_id=actor.organization())
    audit.record(
        event=event,
        subject_kind="insurer",
        subject_uuid=UUID(insurer.uuid),
        actor=actor,
        at=at,
        data={"changed": changed, **more},
    )
