"""Reading badges: a clinic sees what keeps it from one, visitors who has one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import highlight_rule, models
from ols.network.selectors import cooperation
from ols.network.states import ContractStatus
from ols.plans import selectors as plans


@dataclass(frozen=True)
class HighlightPrice:
    """One price in force against its limit (grosze; `limit_gr` None: no limit, the price is ignored)."""

    service_id: int
    code: str
    name: str
    price_gr: int
    limit_gr: int | None

    @property
    def over_gr(self) -> int | None:
        """How far the price is over (+) or under (-) its limit."""
        return None if self.limit_gr is None else self.price_gr - self.limit_gr


@dataclass(frozen=True)
class BadgeChange:
    """The badge comes (`is_highlighted`) or goes on a day; `reasons` are the prices over their limit then."""

    day: date
    is_highlighted: bool
    reasons: tuple["ChangedPrice", ...]


@dataclass(frozen=True)
class ChangedPrice:
    """A price over its limit on the day of a change; `limit_before_gr` is the limit the day before."""

    price: HighlightPrice
    limit_before_gr: int | None


@dataclass(frozen=True)
class BadgeRow:
    """A badge that is held (until `lost_on`) or missed by `over` prices, `worst_gr` at most."""

    contract_uuid: str
    insurer_name: str
    area: catalog.AreaRow
    is_highlighted: bool
    over: int
    worst_gr: int
    lost_on: date | None


@dataclass(frozen=True)
class AreaHighlight:
    """How a clinic stands in one area on a day; `over` are the prices that keep it from the badge.

    `next_change` is the next day from which the badge comes or goes, as limits and prices are known now.
    """

    area: catalog.AreaRow
    is_highlighted: bool
    standing: highlight_rule.Standing
    prices: tuple[HighlightPrice, ...]
    next_change: BadgeChange | None

    @property
    def over(self) -> tuple[HighlightPrice, ...]:
        """Return the prices over their limit, the worst first."""
        return tuple(sorted((row for row in self.prices if (row.over_gr or 0) > 0), key=_worst_first))


def highlight(actor: Actor, *, contract_uuid: str, area_code: str, on: date) -> AreaHighlight:
    """Return how the contract's clinic stands in one area on a day.

    :raises ols.db.errors.NotFound: no such contract for this organization, or no such area
    """
    row = cooperation.visible_contracts(actor).filter(uuid=contract_uuid).first()
    if row is None:
        raise NotFound
    return _standing(row, catalog.area(code=area_code), on)


def highlights(actor: Actor, *, contract_uuid: str, on: date) -> list[AreaHighlight]:
    """Return how the contract's clinic stands in each area with prices in force or to come.

    :raises ols.db.errors.NotFound: no such contract for this organization
    """
    row = cooperation.visible_contracts(actor).filter(uuid=contract_uuid).first()
    if row is None:
        raise NotFound
    prices = models.ContractedPrice.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), contract=row)
    priced = set(prices.values_list("area_id", flat=True).distinct())
    return [_standing(row, area, on) for area in catalog.areas() if area.id in priced]


def badge_rows(actor: Actor, *, on: date) -> list[BadgeRow]:
    """Return the provider's badges, held and missed, in active co-operation; where nothing compares: none."""
    rows = models.Highlight.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on),
        provider_id=actor.organization(),
        contract__status=ContractStatus.ACTIVE,
    )
    areas = {area.id: area for area in catalog.areas()}
    found: dict[tuple[int, int], list[models.Highlight]] = {}
    for row in rows.select_related("contract__insurer").order_by(
        "contract_id", "area__position", "valid_from"
    ):
        found.setdefault((row.contract_id, row.area_id), []).append(row)
    return [
        _badge_row(spans, areas[area_id], on)
        for (_, area_id), spans in found.items()
        if spans[0].valid_from <= on
    ]


def _badge_row(spans: Sequence[models.Highlight], area: catalog.AreaRow, on: date) -> BadgeRow:
    """Say how it is on the day, and until when a badge lasts."""
    now = spans[0]
    return BadgeRow(
        contract_uuid=str(now.contract.uuid),
        insurer_name=now.contract.insurer.name,
        area=area,
        is_highlighted=now.is_highlighted,
        over=now.over,
        worst_gr=now.worst_gr,
        lost_on=next_edge(spans, now=True, on=on) if now.is_highlighted else None,
    )


def highlighted_areas(
    *, insurer_id: int, provider_ids: Collection[int] | None = None, on: date
) -> dict[int, frozenset[str]]:
    """Return the codes of the areas each clinic is marked out in, by the clinic's organization id.

    Public: who is marked out is shown to everybody. Clinics without a badge are left out;
    `provider_ids` None asks for the whole network.
    """
    rows = in_force(on).filter(
        insurer_id=insurer_id, is_highlighted=True, contract__status=ContractStatus.ACTIVE
    )
    if provider_ids is not None:
        rows = rows.filter(provider_id__in=list(provider_ids))
    found: dict[int, set[str]] = {}
    for provider_id, code in rows.values_list("provider_id", "area__code"):
        found.setdefault(provider_id, set()).add(code)
    return {provider_id: frozenset(codes) for provider_id, codes in found.items()}


def in_force(day: date) -> "QuerySet[models.Highlight]":
    """Return the rows that count on the day."""
    return models.Highlight.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def prices_on(contract: models.Contract, area_id: int, day: date) -> tuple[HighlightPrice, ...]:
    """Return the contracted prices of the day with the limits of the day, by the services' codes."""
    rows = models.ContractedPrice.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), contract=contract, area_id=area_id, valid_from__lte=day
    )
    prices = dict(rows.values_list("service_id", "price_gr"))
    limits = plans.price_limits(insurer_id=contract.insurer_id, area_id=area_id, on=day)
    services = catalog.services_by_id(ids=prices)
    return tuple(
        HighlightPrice(
            service_id=service.id,
            code=service.code,
            name=service.name,
            price_gr=prices[service.id],
            limit_gr=limits.get(service.id),
        )
        for service in sorted(services.values(), key=lambda row: row.code)
        if service.is_offered(day)
    )


def badge_change(contract: models.Contract, area_id: int, *, day: date, gained: bool) -> BadgeChange:
    """Return a change of the badge on a day with the prices that are over their limit then."""
    before = {row.service_id: row for row in prices_on(contract, area_id, day - timedelta(days=1))}
    over = [row for row in prices_on(contract, area_id, day) if (row.over_gr or 0) > 0]
    reasons = [
        ChangedPrice(row, before[row.service_id].limit_gr if row.service_id in before else None)
        for row in sorted(over, key=_worst_first)
    ]
    return BadgeChange(day, gained, tuple(reasons))


def _standing(row: models.Contract, area: catalog.AreaRow, on: date) -> AreaHighlight:
    """Compare the day's prices with the day's limits; a co-operation that is not active earns no badge."""
    prices = prices_on(row, area.id, on)
    standing = highlight_rule.standing((price.price_gr, price.limit_gr) for price in prices)
    is_active = row.status == ContractStatus.ACTIVE
    now = standing.is_highlighted and is_active
    return AreaHighlight(
        area=area,
        is_highlighted=now,
        standing=standing,
        prices=prices,
        next_change=_next_change(row, area.id, now=now, on=on) if is_active else None,
    )


def _next_change(row: models.Contract, area_id: int, *, now: bool, on: date) -> BadgeChange | None:
    """Find the next day on which the badge comes or goes."""
    day = next_edge(list(models.Highlight.objects.filter(contract=row, area_id=area_id)), now=now, on=on)
    return badge_change(row, area_id, day=day, gained=not now) if day else None


def next_edge(rows: Sequence[models.Highlight], *, now: bool, on: date) -> date | None:
    """Return the next day after `on` from which the badge is no longer as it is `now`."""
    edges = {edge for row in rows for edge in (row.valid_from, row.valid_to) if edge and edge > on}
    return next((day for day in sorted(edges) if is_highlighted(rows, day) != now), None)


def is_highlighted(rows: Sequence[models.Highlight], day: date) -> bool:
    """Say whether there is a badge on the day; days without a row are days without one."""
    return any(
        row.is_highlighted and row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
        for row in rows
    )


def _worst_first(row: HighlightPrice) -> tuple[int, str]:
    return (-(row.over_gr or 0), row.code)
