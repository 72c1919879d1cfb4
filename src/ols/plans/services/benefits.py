"""The benefits of draft terms: what is paid for which services, up to what."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.plans import models


class BenefitCodeTaken(Exception):
    """These terms have a benefit with this code already."""


class ServiceInTwoBenefits(Exception):
    """A service can belong to one benefit of the same terms only; `service_ids` are the ones taken."""

    def __init__(self, service_ids: Sequence[int]) -> None:
        """Keep which services."""
        super().__init__(f"services {list(service_ids)}")
        self.service_ids = list(service_ids)


class TermsPublished(Exception):
    """Published terms never change: changes go into new terms."""


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
def save_benefit(
    *, actor: Actor, terms_uuid: str, draft: BenefitDraft, at: datetime, benefit_uuid: str | None = None
) -> str:
    """Add a benefit to the terms, or replace one; return its uuid.

    :raises ols.db.errors.NotFound: no such terms, benefit or service of this insurer
    :raises TermsPublished: the terms are published
    :raises BenefitCodeTaken: another benefit of the terms has the code
    :raises ServiceInTwoBenefits: a service belongs to another benefit of the terms
    """
    actor.require(Permission.PLAN_EDIT)
    terms = _draft_terms(actor, terms_uuid)
    _require_offered(actor, draft.service_ids)
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
def remove_benefit(*, actor: Actor, benefit_uuid: str, at: datetime) -> None:
    """Take a benefit out of draft terms.

    :raises ols.db.errors.NotFound: no such benefit of this insurer
    :raises TermsPublished: the terms are published
    """
    actor.require(Permission.PLAN_EDIT)
    found = models.Benefit.objects.filter(
        uuid=benefit_uuid, terms__plan__insurer_id=actor.organization_id
    ).first()
    if found is None:
        raise NotFound
    terms = _draft_terms(actor, str(found.terms.uuid))
    found.delete()
    audit.record(
        event="plan.remove_benefit",
        subject_kind="plan",
        subject_uuid=terms.plan.uuid,
        actor=actor,
        at=at,
        data={"code": found.code},
    )


def _require_offered(actor: Actor, service_ids: Sequence[int]) -> None:
    """Refuse services that are another insurer's own."""
    found = catalog.services_by_id(ids=service_ids).values()
    if any(row.insurer_id not in {None, actor.organization_id} for row in found):
        raise NotFound


def _draft_terms(actor: Actor, uuid: str) -> models.PlanTerms:
    """Return draft terms of the actor's insurer, locked; raise NotFound or TermsPublished."""
    found = models.PlanTerms.objects.select_for_update(of=["self"]).select_related("plan")
    row = found.filter(plan__insurer_id=actor.organization_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    if row.published_at is not None:
        raise TermsPublished
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
