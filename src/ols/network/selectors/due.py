"""New versions that wait for acceptance, and what is suspended because a deadline has passed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ols.accounts import selectors as accounts
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import TermsKind
from ols.network.selectors.contract_rows import ContractRow, contract_row, visible_contracts
from ols.network.selectors.standing import Scope, Standing, VersionRef, standings_of
from ols.network.states import ContractStatus

_OVER = (ContractStatus.REJECTED, ContractStatus.ENDED)


@dataclass(frozen=True)
class TermsDue:
    """A text of which a new version is to be accepted.

    `accepted` is the version the organization accepted last, `newest` the one to accept now. After
    `accept_by` (None: no deadline) what depends on the text is suspended until the newest is accepted:
    the area, the contract, or (the operator's kinds, without `insurer_id`) every co-operation.
    """

    kind: str
    insurer_id: int | None
    insurer_name: str
    area_id: int | None
    area_code: str
    area_name: str
    accepted: VersionRef
    newest: VersionRef
    accept_by: date | None
    is_suspended: bool


def terms_due(actor: Actor, *, on: date) -> list[TermsDue]:
    """Return what the actor's clinic has to accept anew, the most urgent first."""
    if actor.organization_id is None or actor.organization_kind != "provider":
        return []
    contracts = models.Contract.objects.filter(provider_id=actor.organization_id).exclude(status__in=_OVER)
    insurers = frozenset(contracts.values_list("insurer_id", flat=True))
    return _due(standings_of(actor.organization_id), insurers, on)


def contract_terms_due(actor: Actor, *, uuid: str, on: date) -> list[TermsDue]:
    """Return what the contract's clinic has to accept anew for this co-operation to go on.

    Both sides may ask. The operator's texts are among it: every co-operation depends on them.

    :raises ols.db.errors.NotFound: no such contract for this organization
    """
    row = visible_contracts(actor).select_related("insurer", "provider").filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return due_of(contract_row(row), on=on)


def due_of(row: ContractRow, *, on: date) -> list[TermsDue]:
    """Return the same for a contract that the caller has read with its actor's rights."""
    if row.status in _OVER:
        return []
    return _due(standings_of(row.provider_id), frozenset({row.insurer_id}), on)


def outdated_terms(actor: Actor, *, insurer_id: int, on: date) -> VersionRef | None:
    """Return the general terms in force that an offer to the insurer lacks; None when newest are accepted.

    An offer is sent under the version in force on the day (or a newer one), not under one that still holds.
    """
    if actor.organization_id is None:
        return None
    standing = standings_of(actor.organization_id).get(Scope(TermsKind.GENERAL, insurer_id))
    if standing is None:
        return None
    begun = [row for row in standing.later if row.valid_from <= on]
    return begun[-1] if begun else None


def suspends_contract(due: TermsDue) -> bool:
    """Say whether the whole co-operation is suspended, not one area of it only."""
    return due.is_suspended and due.kind != TermsKind.THEMATIC


def _due(known: dict[Scope, Standing], insurers: Collection[int], on: date) -> list[TermsDue]:
    """Return the texts with later versions, of the operator and of these insurers."""
    waiting = [
        row
        for row in known.values()
        if row.later and (row.scope.insurer_id is None or row.scope.insurer_id in insurers)
    ]
    if not waiting:
        return []
    names = {row.id: row.name for row in accounts.organizations(kind="insurer")}
    areas = {row.id: row for row in catalog.areas()}
    found = [_row(row, names, areas, on) for row in waiting]
    return sorted(found, key=lambda row: (row.accept_by or date.max, row.insurer_name, row.area_id or 0))


def _row(row: Standing, names: dict[int, str], areas: dict[int, catalog.AreaRow], on: date) -> TermsDue:
    """Put one text into words and days."""
    area = areas.get(row.scope.area_id or 0)
    return TermsDue(
        kind=row.scope.kind,
        insurer_id=row.scope.insurer_id,
        insurer_name=names.get(row.scope.insurer_id or 0, ""),
        area_id=row.scope.area_id,
        area_code=area.code if area else "",
        area_name=area.name if area else "",
        accepted=row.accepted,
        newest=row.later[-1],
        accept_by=row.holds_to,
        is_suspended=not row.holds(on),
    )
