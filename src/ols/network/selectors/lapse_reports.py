"""Missed deadlines of terms that an insurer, or the operator, was not told of yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from ols.accounts import selectors as accounts
from ols.catalog import selectors as catalog
from ols.kernel import days
from ols.network import models
from ols.network.selectors.notices import Stage
from ols.network.selectors.standing import Scope, scope_of, standings
from ols.network.states import ContractStatus

# What nobody was told of for so long is no news: the pages show who is suspended.
_NEWS: Final = timedelta(days=30)
_LIVE: Final = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED)


@dataclass(frozen=True)
class Missed:
    """A clinic that is suspended because it did not accept a version of a text in time.

    `notices` are what the clinic was told of it; `contract_uuid` is empty for the operator.
    """

    notices: tuple[int, ...]
    provider_name: str
    contract_number: str
    contract_uuid: str
    scope: Scope
    area: catalog.AreaRow | None
    title: str
    version: str
    deadline: date


def concerned(*, at: datetime) -> list[int]:
    """Return the organizations that may have something to be told of: publishers and partners."""
    notices = _recent(at)
    clinics = notices.values("organization_id")
    insurers = models.Contract.objects.filter(provider_id__in=clinics, status__in=_LIVE)
    found = set(insurers.values_list("insurer_id", flat=True))
    if notices.filter(terms__insurer=None).exists():
        found.update(row.id for row in accounts.organizations(kind="operator"))
    return sorted(found)


def missed(*, organization_id: int, at: datetime) -> list[Missed]:
    """Return who is suspended and was not reported to the organization, by name; once a clinic and text."""
    is_operator = accounts.organization(organization_id=organization_id).kind == "operator"
    of_whom = Q(terms__insurer=None) if is_operator else _partners(organization_id)
    told = models.LapseReport.objects.filter(organization_id=organization_id)
    rows = _recent(at).filter(of_whom).exclude(pk__in=told.values("notice_id"))
    found: dict[tuple[int, Scope], list[models.TermsNotice]] = {}
    for row in rows.select_related("terms", "organization").defer("terms__body").order_by("id"):
        found.setdefault((row.organization_id, scope_of(row.terms)), []).append(row)
    contracts = {} if is_operator else _contracts(organization_id, found)
    return sorted(_still(found, contracts, at), key=lambda row: (row.provider_name.casefold(), row.notices))


def was_told(*, organization_id: int, day: date) -> bool:
    """Say whether the organization got its letter of the day."""
    return models.LapseReport.objects.filter(organization_id=organization_id, day=day).exists()


def _recent(at: datetime) -> QuerySet[models.TermsNotice]:
    return models.TermsNotice.objects.filter(stage=Stage.LAPSED, at__gt=at - _NEWS)


def _partners(insurer_id: int) -> Q:
    """Return the condition: a clinic of the insurer's network, and a text its co-operation depends on."""
    providers = models.Contract.objects.filter(insurer_id=insurer_id, status__in=_LIVE)
    own = Q(terms__insurer=None) | Q(terms__insurer_id=insurer_id)
    return own & Q(organization_id__in=providers.values("provider_id"))


def _contracts(insurer_id: int, found: Iterable[tuple[int, Scope]]) -> dict[int, models.Contract]:
    """Return the co-operation of each clinic with the insurer; there is one open at a time."""
    providers = {provider for provider, _scope in found}
    rows = models.Contract.objects.filter(insurer_id=insurer_id, provider_id__in=providers, status__in=_LIVE)
    return {row.provider_id: row for row in rows.order_by("id")}


def _still(
    found: dict[tuple[int, Scope], list[models.TermsNotice]],
    contracts: dict[int, models.Contract],
    at: datetime,
) -> Iterable[Missed]:
    """Leave out who has accepted meanwhile."""
    today, areas = days.local_date(at), {area.id: area for area in catalog.areas()}
    known = standings({provider for provider, _scope in found})
    for (provider, scope), notices in found.items():
        standing = known.get(provider, {}).get(scope)
        if standing is None or standing.holds(today) or standing.holds_to is None:
            continue
        newest, contract = standing.later[-1], contracts.get(provider)
        yield Missed(
            notices=tuple(row.pk for row in notices),
            provider_name=notices[0].organization.name,
            contract_number=contract.number if contract else "",
            contract_uuid=str(contract.uuid) if contract else "",
            scope=scope,
            area=areas.get(scope.area_id or 0),
            title=newest.title,
            version=newest.version,
            deadline=standing.holds_to,
        )
