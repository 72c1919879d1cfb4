"""How an organization stands to every text it accepted: until when it holds, what is to be accepted next.

An acceptance holds until the earliest deadline of a later version of the same text has passed; without a
later version it holds for good. The published view `network_pub_accepted_terms` says the same in SQL.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from ols.network import models


class Scope(NamedTuple):
    """Which text: of all its versions one is in force on a day."""

    kind: str
    insurer_id: int | None = None
    area_id: int | None = None


@dataclass(frozen=True)
class VersionRef:
    """A published version without its text."""

    id: int
    uuid: UUID
    version: str
    title: str
    valid_from: date
    accept_by: date | None


@dataclass(frozen=True)
class Standing:
    """The newest version an organization accepted of a text, and those published to follow it."""

    scope: Scope
    accepted: VersionRef
    later: tuple[VersionRef, ...]

    @property
    def holds_to(self) -> date | None:
        """Return the last day the acceptance holds; None while there is no end to it."""
        return min((row.accept_by for row in self.later if row.accept_by), default=None)

    def holds(self, on: date) -> bool:
        """Say whether what depends on the acceptance works on the day."""
        return self.holds_to is None or on <= self.holds_to


def standings(organization_ids: Collection[int]) -> dict[int, dict[Scope, Standing]]:
    """Return how each organization stands to what it accepted, in two queries."""
    accepted: dict[int, dict[Scope, VersionRef]] = {}
    rows = models.TermsAcceptance.objects.filter(organization_id__in=organization_ids)
    for row in rows.select_related("terms").defer("terms__body").order_by("terms__valid_from"):
        accepted.setdefault(row.organization_id, {})[scope_of(row.terms)] = version_ref(row.terms)
    known = _versions({scope for own in accepted.values() for scope in own})
    return {
        organization_id: {
            scope: Standing(scope, ref, tuple(row for row in known[scope] if row.valid_from > ref.valid_from))
            for scope, ref in own.items()
        }
        for organization_id, own in accepted.items()
    }


def standings_of(organization_id: int) -> dict[Scope, Standing]:
    """Return how one organization stands to what it accepted."""
    return standings([organization_id]).get(organization_id, {})


def holds(*, organization_id: int, scope: Scope, on: date) -> bool:
    """Say whether the organization accepted the text and the acceptance holds on the day."""
    found = standings_of(organization_id).get(scope)
    return found is not None and found.holds(on)


def scope_of(row: models.TermsVersion) -> Scope:
    """Return which text the version is of."""
    return Scope(row.kind, row.insurer_id, row.area_id)


def version_ref(row: models.TermsVersion) -> VersionRef:
    """Translate the table's row; its text is not read."""
    return VersionRef(row.pk, row.uuid, row.version, row.title, row.valid_from, row.accept_by)


def _versions(scopes: Collection[Scope]) -> dict[Scope, list[VersionRef]]:
    """Return the versions of the texts, the first to begin first."""
    insurers = {scope.insurer_id for scope in scopes if scope.insurer_id is not None}
    rows = models.TermsVersion.objects.filter(Q(insurer=None) | Q(insurer_id__in=insurers))
    found: dict[Scope, list[VersionRef]] = {}
    for row in rows.defer("body").order_by("valid_from") if scopes else ():
        found.setdefault(scope_of(row), []).append(version_ref(row))
    return found
