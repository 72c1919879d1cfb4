"""Who else of an insurer looks at an offer or a price list now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from ols.kernel.actor import Actor
from ols.network import models

# A page that was not opened again for so long is taken for closed.
LASTS: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Looking:
    """A colleague who has the page open, and since when."""

    name: str
    since: datetime


def colleagues(actor: Actor, *, subjects: Iterable[UUID], at: datetime) -> dict[UUID, list[Looking]]:
    """Return, by offer or price list, the actor's colleagues who look at it now; who came first is first.

    Only an insurer's own people are told, and only of their own: a clinic never gets a row.
    """
    if actor.organization_kind != "insurer":
        return {}
    rows = models.Presence.objects.filter(
        insurer_id=actor.organization(), subject__in=list(subjects), seen_at__gte=at - LASTS
    ).exclude(person_id=actor.user_id)
    found: dict[UUID, list[Looking]] = {}
    for row in rows.select_related("person").order_by("since", "pk"):
        found.setdefault(row.subject, []).append(Looking(row.person.name, row.since))
    return found
