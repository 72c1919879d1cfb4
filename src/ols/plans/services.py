"""Writing plans, benefits and price limits. Every number an insurer promises enters here."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.plans import models


class PlanCodeTaken(Exception):
    """The insurer has a plan with this code already."""


class BenefitCodeTaken(Exception):
    """These terms have a benefit with this code already."""


class ServiceInTwoBenefits(Exception):
    """A service can belong to one benefit of the same terms only; `service_ids` are the ones taken."""

    def __init__(self, service_ids: Sequence[int]) -> None:
        """Keep which services."""
        super().__init__(f"services {list(service_ids)}")
        self.service_ids = list(service_ids)


class PeriodsOverlap(Exception):
    """The new period begins on or before the day the last one began."""


@dataclass(frozen=True)
class BenefitDraft:
    """What an insurer promises for a group of services. Grosze, basis points; -1 means no such limit."""

    code: str
    name: str
    service_ids: tuple[int, ...]
    count_limit: int = -1
    amount_limit_gr: int = -1
    is_family_shared: bool = False
    copay_gr: int = 0
    coinsurance_bp: int = 0
    franchise_gr: int = 0
    waiting_days: int = 0
    waiting_months: int = 0
    age_from: int = -1
    age_below: int = -1
    sex: str = ""
    needs_referral: bool = False
    referral_valid_days: int = -1
    needs_authorization: bool = False
    interval_days: int = 0
    is_excluded: bool = False


@use_case
def create_plan(*, actor: Actor, code: str, name: str, at: datetime) -> str:
    """Create an empty plan of the actor's insurer; return its uuid.

    :raises PlanCodeTaken: the code is in use
    """
    actor.require(Permission.PLAN_EDIT)
    try:
        with transaction.atomic():
            row = models.InsurancePlan.objects.create(insurer_id=actor.organization_id, code=code, name=name)
    except IntegrityError as error:
        raise PlanCodeTaken from error
    audit.record(event="plan.create", subject_kind="plan", subject_uuid=row.uuid, actor=actor, at=at)
    return str(row.uuid)


@use_case
def add_terms(
    *,
    actor: Actor,
    plan_uuid: str,
    valid_from: date,
    deductible_gr: int,
    sum_insured_gr: int,
    filing_limit_days: int,
    at: datetime,
) -> str:
    """Add terms that count from a day (the previous ones end the day before); return their uuid.

    :raises ols.db.errors.NotFound: no such plan of this insurer
    :raises PeriodsOverlap: terms from the same or a later day exist
    """
    actor.require(Permission.PLAN_EDIT)
    plan = _plan(actor, plan_uuid)
    last = plan.terms.select_for_update().order_by("-valid_from").first()
    if last is not None and last.valid_from >= valid_from:
        raise PeriodsOverlap
    if last is not None:
        plan.terms.filter(pk=last.pk).update(valid_to=valid_from)
    row = models.PlanTerms.objects.create(
        plan=plan,
        valid_from=valid_from,
        deductible_gr=deductible_gr,
        sum_insured_gr=sum_insured_gr,
        filing_limit_days=filing_limit_days,
    )
    audit.record(
        event="plan.add_terms",
        subject_kind="plan",
        subject_uuid=plan.uuid,
        actor=actor,
        at=at,
        data={"terms": str(row.uuid), "from": valid_from.isoformat(), "deductible_gr": deductible_gr},
    )
    return str(row.uuid)


@use_case
def save_benefit(
    *, actor: Actor, terms_uuid: str, draft: BenefitDraft, at: datetime, benefit_uuid: str | None = None
) -> str:
    """Add a benefit to the terms, or replace one; return its uuid.

    :raises ols.db.errors.NotFound: no such terms or benefit of this insurer
    :raises BenefitCodeTaken: another benefit of the terms has the code
    :raises ServiceInTwoBenefits: a service belongs to another benefit of the terms
    """
    actor.require(Permission.PLAN_EDIT)
    terms = _terms(actor, terms_uuid)
    values = {name: value for name, value in asdict(draft).items() if name != "service_ids"}
    benefit = _benefit_to_write(terms, benefit_uuid)
    for name, value in values.items():
        setattr(benefit, name, value)
    try:
        with transaction.atomic():
            benefit.save()
    except IntegrityError as error:
        raise BenefitCodeTaken from error
    _set_services(terms, benefit, draft.service_ids)
    audit.record(
        event="plan.save_benefit",
        subject_kind="plan",
        subject_uuid=terms.plan.uuid,
        actor=actor,
        at=at,
        data={**values, "services": len(draft.service_ids)},
    )
    return str(benefit.uuid)


@use_case
def set_price_limit(*, actor: Actor, service_id: int, limit_gr: int, valid_from: date, at: datetime) -> None:
    """Set the most the insurer covers for one unit from a day on; the earlier limit ends the day before.

    :raises PeriodsOverlap: a limit from a later day exists
    """
    actor.require(Permission.PLAN_EDIT)
    limits = models.PriceLimit.objects.select_for_update().filter(
        insurer_id=actor.organization_id, service_id=service_id
    )
    if limits.filter(valid_from__gt=valid_from).exists():
        raise PeriodsOverlap
    limits.filter(valid_from=valid_from).delete()
    limits.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    row = models.PriceLimit.objects.create(
        insurer_id=actor.organization_id, service_id=service_id, limit_gr=limit_gr, valid_from=valid_from
    )
    audit.record(
        event="price_limit.set",
        subject_kind="insurer",
        subject_uuid=row.insurer.uuid,
        actor=actor,
        at=at,
        data={"service": service_id, "limit_gr": limit_gr, "from": valid_from.isoformat()},
    )


def _plan(actor: Actor, uuid: str) -> models.InsurancePlan:
    """Return the actor's insurer's plan or raise NotFound."""
    row = models.InsurancePlan.objects.filter(insurer_id=actor.organization_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _terms(actor: Actor, uuid: str) -> models.PlanTerms:
    """Return terms of the actor's insurer, locked, or raise NotFound."""
    found = models.PlanTerms.objects.select_for_update(of=["self"]).select_related("plan")
    row = found.filter(plan__insurer_id=actor.organization_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _benefit_to_write(terms: models.PlanTerms, uuid: str | None) -> models.Benefit:
    """Return the benefit to replace, or a new one of the terms."""
    if uuid is None:
        return models.Benefit(terms=terms)
    row = terms.benefits.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _set_services(terms: models.PlanTerms, benefit: models.Benefit, service_ids: Sequence[int]) -> None:
    """Make the benefit cover exactly these services."""
    taken = models.BenefitService.objects.filter(terms=terms, service_id__in=service_ids).exclude(
        benefit=benefit
    )
    if taken_ids := sorted(taken.values_list("service_id", flat=True)):
        raise ServiceInTwoBenefits(taken_ids)
    benefit.services.exclude(service_id__in=service_ids).delete()
    models.BenefitService.objects.bulk_create(
        [
            models.BenefitService(terms=terms, benefit=benefit, service_id=one)
            for one in sorted(set(service_ids))
        ],
        ignore_conflicts=True,
    )
