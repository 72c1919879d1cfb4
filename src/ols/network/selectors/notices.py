"""Which letters about new versions are due: whom each concerns, and what was told already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db import connection

from ols.kernel import days
from ols.network import models
from ols.network.selectors.standing import Scope, Standing, standings
from ols.network.states import ContractStatus

# Nobody is reminded in the middle of the night; what is published or suspended is told at once.
_MORNING: Final = time(7)
_BATCH: Final = 500
_DAY, _WEEK = 1, 7
_ENDING: Final = """
SELECT provider_id FROM network_pub_accepted_terms
GROUP BY provider_id, kind, insurer_id, area_id HAVING bool_and(holds_to IS NOT NULL)
"""


class Stage:
    """What an organization is told of a version; a later stage makes the ones before it needless."""

    PUBLISHED = "published"
    WEEK = "week"
    DAY = "day"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Letter:
    """One thing one organization is to be told: of the newest version of a text."""

    organization_id: int
    standing: Standing
    stage: str
    is_first: bool


def letters_due(*, at: datetime, organization_id: int | None = None) -> list[Letter]:
    """Return what is to be told and was not; of one organization or of all."""
    concerned = [organization_id] if organization_id is not None else _concerned()
    found = []
    for start in range(0, len(concerned), _BATCH):
        some = concerned[start : start + _BATCH]
        told, partners = _told(some), _partners(some)
        found += [
            letter
            for owner, own in standings(some).items()
            for standing in own.values()
            if standing.scope.insurer_id is None or (owner, standing.scope.insurer_id) in partners
            if (letter := _letter(owner, standing, told.get(owner, set()), at))
        ]
    return found


def was_told_of_lapse(organization_id: int, scope: Scope, *, before: date) -> bool:
    """Say whether the history tells of a suspension that accepting the version of that day ends."""
    standing = standings([organization_id]).get(organization_id, {}).get(scope)
    if standing is None or standing.accepted.valid_from >= before:
        return False
    later = [row.id for row in standing.later]
    return models.TermsNotice.objects.filter(
        organization_id=organization_id, terms_id__in=later, stage=Stage.LAPSED
    ).exists()


def _letter(
    organization_id: int, standing: Standing, told: Collection[tuple[int, str]], at: datetime
) -> Letter | None:
    """Return what one organization is to be told of one text now, if anything."""
    if not standing.later:
        return None
    stage = _stage(standing, told, days.local_date(at))
    is_first = all(terms_id != standing.later[-1].id for terms_id, _ in told)
    is_awake = at.astimezone(days.WARSAW).time() >= _MORNING
    if not stage or not (is_awake or is_first or stage == Stage.LAPSED):
        return None
    return Letter(organization_id, standing, stage, is_first)


def _stage(standing: Standing, told: Collection[tuple[int, str]], today: date) -> str:
    """Return what is to be told now; empty when that was told, or nothing is to be told."""
    newest, deadline = standing.later[-1], standing.holds_to
    if deadline is None:
        return ""
    known = {stage for terms_id, stage in told if terms_id == newest.id}
    left = (deadline - today).days
    if left >= 0:
        wanted = Stage.DAY if left <= _DAY else Stage.WEEK if left <= _WEEK else Stage.PUBLISHED
    elif any((row.id, Stage.LAPSED) in told for row in standing.later):
        wanted = "" if known else Stage.PUBLISHED  # one more version for somebody suspended already
    else:
        wanted = Stage.LAPSED
    return "" if wanted in known else wanted


def _concerned() -> list[int]:
    """Return the organizations with an acceptance that ends, or has ended, and nothing newer accepted."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDING)
        return sorted({row[0] for row in cursor.fetchall()})


def _told(organization_ids: Collection[int]) -> dict[int, set[tuple[int, str]]]:
    """Return what was told to each organization."""
    found: dict[int, set[tuple[int, str]]] = {}
    rows = models.TermsNotice.objects.filter(organization_id__in=organization_ids)
    for owner, terms_id, stage in rows.values_list("organization_id", "terms_id", "stage"):
        found.setdefault(owner, set()).add((terms_id, stage))
    return found


def _partners(organization_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return who works, or is about to work, with which insurer."""
    rows = models.Contract.objects.filter(provider_id__in=organization_ids).exclude(
        status__in=[ContractStatus.REJECTED, ContractStatus.ENDED]
    )
    return set(rows.values_list("provider_id", "insurer_id"))
