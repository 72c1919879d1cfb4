"""Reading plans and their terms."""

from dataclasses import dataclass
from datetime import date, datetime

from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.plans import models


@dataclass(frozen=True)
class BenefitRow:
    """One benefit of a plan's terms. Amounts in grosze, rates in basis points; -1 means no such limit."""

    uuid: str
    code: str
    name: str
    count_limit: int
    amount_limit_gr: int
    is_family_shared: bool
    copay_gr: int
    coinsurance_bp: int
    franchise_gr: int
    waiting_days: int
    waiting_months: int
    age_from: int
    age_below: int
    sex: str
    needs_referral: bool
    referral_valid_days: int
    needs_authorization: bool
    interval_days: int
    is_excluded: bool
    service_ids: tuple[int, ...]


@dataclass(frozen=True)
class TermsRow:
    """A plan's terms for a time; `valid_to` is the first day after it, None when open."""

    uuid: str
    valid_from: date
    valid_to: date | None
    deductible_gr: int
    sum_insured_gr: int
    filing_limit_days: int
    published_at: datetime | None
    benefits: tuple[BenefitRow, ...]


@dataclass(frozen=True)
class PlanRow:
    """One plan in a list."""

    id: int
    uuid: str
    code: str
    name: str
    is_active: bool
    terms_count: int


@dataclass(frozen=True)
class PlanDetail:
    """One plan with its terms, newest first."""

    plan: PlanRow
    terms: tuple[TermsRow, ...]


def plans(actor: Actor) -> list[PlanRow]:
    """Return the actor's insurer's plans by code."""
    rows = models.InsurancePlan.objects.filter(insurer_id=actor.organization_id).order_by("code")
    return [_plan(row) for row in rows.prefetch_related("terms")]


def plan_ids_by_code(*, insurer_id: int) -> dict[str, int]:
    """Return the inner id of each active plan of the insurer by its code (for imports)."""
    rows = models.InsurancePlan.objects.filter(insurer_id=insurer_id, is_active=True)
    return dict(rows.values_list("code", "id"))


def plan(actor: Actor, *, uuid: str) -> PlanDetail:
    """Return one plan with everything in it.

    :raises ols.db.errors.NotFound: no such plan of this insurer
    """
    row = (
        models.InsurancePlan.objects.filter(insurer_id=actor.organization_id, uuid=uuid)
        .prefetch_related("terms__benefits__services")
        .first()
    )
    if row is None:
        raise NotFound
    terms = sorted(row.terms.all(), key=lambda item: item.valid_from, reverse=True)
    return PlanDetail(_plan(row), tuple(_terms(item) for item in terms))


def benefit(actor: Actor, *, uuid: str) -> tuple[str, BenefitRow]:
    """Return the uuid of the terms and one benefit in them.

    :raises ols.db.errors.NotFound: no such benefit of this insurer
    """
    found = models.Benefit.objects.filter(uuid=uuid, terms__plan__insurer_id=actor.organization_id)
    row = found.select_related("terms").prefetch_related("services").first()
    if row is None:
        raise NotFound
    return str(row.terms.uuid), _benefit(row)


def _plan(row: models.InsurancePlan) -> PlanRow:
    """Translate the table's row."""
    return PlanRow(row.pk, str(row.uuid), row.code, row.name, row.is_active, len(row.terms.all()))


def _terms(row: models.PlanTerms) -> TermsRow:
    """Translate the terms with their benefits by code."""
    return TermsRow(
        uuid=str(row.uuid),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        deductible_gr=row.deductible_gr,
        sum_insured_gr=row.sum_insured_gr,
        filing_limit_days=row.filing_limit_days,
        published_at=row.published_at,
        benefits=tuple(_benefit(item) for item in sorted(row.benefits.all(), key=lambda item: item.code)),
    )


def _benefit(row: models.Benefit) -> BenefitRow:
    """Translate one benefit with its services."""
    same = {
        name: getattr(row, name)
        for name in BenefitRow.__dataclass_fields__
        if name not in {"uuid", "service_ids"}
    }
    services = tuple(sorted(link.service_id for link in row.services.all()))
    return BenefitRow(uuid=str(row.uuid), service_ids=services, **same)
