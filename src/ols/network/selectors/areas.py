"""The thematic areas of a co-operation: which are open, accepted, priced."""

from dataclasses import dataclass
from datetime import date, datetime

from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.area_days import AreaDays
from ols.network.models import TermsKind
from ols.network.selectors import acceptance, cooperation
from ols.network.selectors.documents import localized
from ols.network.selectors.standing import Scope, Standing, standings_of
from ols.network.states import PriceListStatus


@dataclass(frozen=True)
class ContractArea:
    """One area an insurer offers to the provider.

    `terms` are None while none are in force (the area cannot open then); `list_status` is the status of
    the price list being worked on, empty without one; `has_prices` says that prices are contracted.
    `accepted_at` counts as long as the acceptance holds; after a deadline missed the area `is_suspended`.
    `is_closed`: no new price list can be sent; what was sent or agreed before goes on.
    """

    id: int
    code: str
    position: int
    name: str
    days: AreaDays
    description: str
    is_announced: bool
    is_open: bool
    is_closed: bool
    terms: acceptance.TermsRow | None
    accepted_at: datetime | None
    is_suspended: bool
    list_uuid: str
    list_status: str
    has_prices: bool

    @property
    def has_list(self) -> bool:
        """Say whether there is a list to look at, or one can be begun."""
        return bool(self.list_uuid) or self.has_prices or not self.is_closed


def contract_areas(actor: Actor, *, uuid: str, on: date) -> list[ContractArea]:
    """Return the areas of the contract's insurer in the product's order, announced ones included.

    :raises ols.db.errors.NotFound: no such contract for this organization
    """
    return _areas(actor, uuid, "", on)


def contract_area(actor: Actor, *, uuid: str, code: str, on: date) -> ContractArea:
    """Return one area of a contract.

    :raises ols.db.errors.NotFound: no such contract for this organization, or the insurer does not offer it
    """
    found = _areas(actor, uuid, code, on)
    if not found:
        raise NotFound
    return found[0]


def _areas(actor: Actor, uuid: str, code: str, on: date) -> list[ContractArea]:
    """Return the areas offered to the contract's clinic, or the one with the code."""
    row = cooperation.visible_contracts(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    opened = {one.area_id: one for one in models.AreaOpening.objects.filter(insurer_id=row.insurer_id)}
    known = standings_of(row.provider_id)
    return [
        _contract_area(row, area, known, opened[area.id], on=on)
        for area in catalog.areas()
        if area.id in opened and code in {"", area.code}
    ]


def _contract_area(
    row: models.Contract,
    area: catalog.AreaRow,
    known: dict[Scope, Standing],
    opening: models.AreaOpening,
    *,
    on: date,
) -> ContractArea:
    """Join the area with the insurer's terms, the provider's acceptance and its prices."""
    current = acceptance.current_terms(
        kind=TermsKind.THEMATIC, insurer_id=row.insurer_id, area_id=area.id, on=on
    )
    standing = known.get(Scope(TermsKind.THEMATIC, row.insurer_id, area.id))
    accepted = (
        models.TermsAcceptance.objects.filter(
            terms_id=standing.accepted.id, organization_id=row.provider_id
        ).first()
        if standing
        else None
    )
    is_suspended = standing is not None and not standing.holds(on)
    lists = models.PriceList.objects.filter(contract=row, area_id=area.id)
    working = lists.exclude(status=PriceListStatus.ACCEPTED).first()
    return ContractArea(
        id=area.id,
        code=area.code,
        position=area.position,
        name=area.name,
        days=opening.days,
        description=localized(opening.description, opening.description_en),
        is_announced=not opening.days.has_begun(on),
        is_open=opening.days.has_begun(on) and current is not None,
        is_closed=opening.days.is_closed(on),
        terms=current,
        accepted_at=accepted.at if accepted and not is_suspended else None,
        is_suspended=is_suspended,
        list_uuid=str(working.uuid) if working else "",
        list_status=working.status if working else "",
        has_prices=lists.filter(status=PriceListStatus.ACCEPTED).exists(),
    )
