"""How many clinics an insurer wants in each area of each voivodeship."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models

MOST_WANTED = 9999


class NeedWrong(ValueError):
    """A need is a number from 0 to 9999 in an area there is."""


@use_case
def set_needs(*, actor: Actor, needs: Mapping[tuple[str, int], int], at: datetime) -> int:
    """Keep the needs given by voivodeship and area; 0 takes one away, what is not named stays.

    Returns how many changed.

    :raises NeedWrong: a number or an area that cannot be
    """
    actor.require(Permission.NETWORK_SETUP)
    if actor.organization_kind != "insurer":
        raise NotFound
    areas = {area.id: area.code for area in catalog.areas()}
    if not all(area in areas and 0 <= wanted <= MOST_WANTED for (_, area), wanted in needs.items()):
        raise NeedWrong
    own = models.NetworkNeed.objects.filter(insurer_id=actor.organization())
    kept = {(row.voivodeship, row.area_id): row.wanted for row in own}
    changed = {key: wanted for key, wanted in needs.items() if wanted != kept.get(key, 0)}
    for place, area in [key for key, wanted in changed.items() if not wanted]:
        own.filter(voivodeship=place, area_id=area).delete()
    models.NetworkNeed.objects.bulk_create(
        [
            models.NetworkNeed(
                insurer_id=actor.organization(), voivodeship=place, area_id=area, wanted=wanted
            )
            for (place, area), wanted in changed.items()
            if wanted
        ],
        update_conflicts=True,
        unique_fields=["insurer", "voivodeship", "area"],
        update_fields=["wanted"],
    )
    if changed:
        _record(actor, at, [[p, areas[a], kept.get((p, a), 0), n] for (p, a), n in sorted(changed.items())])
    return len(changed)


def _record(actor: Actor, at: datetime, changed: list[list[object]]) -> None:
    """Keep what was and what is now, each with its voivodeship and area."""
    insurer = accounts.organization(organization_id=actor.organization())
    audit.record(
        event="network_need.set",
        subject_kind="insurer",
        subject_uuid=UUID(insurer.uuid),
        actor=actor,
        at=at,
        data={"changed": changed},
    )
