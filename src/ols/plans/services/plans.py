"""Plans and their dated terms: drafted, filled with benefits, published."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.fields import new_uuid
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.plans import models


class PlanCodeTaken(Exception):
    """The insurer has a plan with this code already."""


class DraftExists(Exception):
    """The plan has draft terms already: publish or change those."""


class NotAfterLastTerms(Exception):
    """The new terms must count from a later day than the last published ones."""


class NothingPromised(Exception):
    """Terms without a single covered service cannot be published."""


@use_case
def create_plan(*, actor: Actor, code: str, name: str, at: datetime) -> str:
    """Create an empty plan of the actor's insurer; return its uuid.

    :raises PlanCodeTaken: the code is in use
    """
    actor.require(Permission.PLAN_EDIT)
    try:
        with transaction.atomic():
            row = models.InsurancePlan.objects.create(insurer_id=actor.organization(), code=code, name=name)
    except IntegrityError as error:
        raise PlanCodeTaken from error
    audit.record(event="plan.create", subject_kind="plan", subject_uuid=row.uuid, actor=actor, at=at)
    return str(row.uuid)


@use_case
def draft_terms(
    *,
    actor: Actor,
    plan_uuid: str,
    valid_from: date,
    deductible_gr: int,
    sum_insured_gr: int,
    filing_limit_days: int,
    at: datetime,
) -> str:
    """Start terms that will count from a day, with a copy of the last terms' benefits; return their uuid.

    `sum_insured_gr` of -1 means no overall limit.

    :raises ols.db.errors.NotFound: no such plan of this insurer
    :raises DraftExists: there is a draft already
    :raises NotAfterLastTerms: the day is not after the last published terms' first day
    """
    actor.require(Permission.PLAN_EDIT)
    plan = _plan(actor, plan_uuid)
    last = plan.terms.filter(published_at__isnull=False).order_by("-valid_from").first()
    if plan.terms.filter(published_at=None).exists():
        raise DraftExists
    if last is not None and last.valid_from >= valid_from:
        raise NotAfterLastTerms
    row = models.PlanTerms.objects.create(
        plan=plan,
        valid_from=valid_from,
        deductible_gr=deductible_gr,
        sum_insured_gr=sum_insured_gr,
        filing_limit_days=filing_limit_days,
    )
    if last is not None:
        _copy_benefits(last, row)
    _record(actor, plan, "plan.draft_terms", row, at)
    return str(row.uuid)


@use_case
def publish_terms(*, actor: Actor, terms_uuid: str, at: datetime) -> None:
    """Make draft terms binding from their day; the previous end the day before. Repeating is harmless.

    :raises ols.db.errors.NotFound: no such terms of this insurer
    :raises NotAfterLastTerms: later terms were published meanwhile
    :raises NothingPromised: the draft covers no service
    """
    actor.require(Permission.PLAN_EDIT)
    found = models.PlanTerms.objects.filter(uuid=terms_uuid, plan__insurer_id=actor.organization_id).first()
    if found is None:
        raise NotFound
    plan = _plan(actor, str(found.plan.uuid))
    row = plan.terms.get(pk=found.pk)
    if row.published_at is not None:
        return
    if not models.BenefitService.objects.filter(terms=row, benefit__is_excluded=False).exists():
        raise NothingPromised
    published = plan.terms.filter(published_at__isnull=False)
    if published.filter(valid_from__gte=row.valid_from).exists():
        raise NotAfterLastTerms
    published.filter(valid_to=None).update(valid_to=row.valid_from)
    row.published_at = at
    row.save(update_fields=["published_at"])
    _record(actor, plan, "plan.publish_terms", row, at)


def _plan(actor: Actor, uuid: str) -> models.InsurancePlan:
    """Return the actor's insurer's plan, locked, or raise NotFound."""
    found = models.InsurancePlan.objects.select_for_update()
    row = found.filter(insurer_id=actor.organization_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _copy_benefits(source: models.PlanTerms, target: models.PlanTerms) -> None:
    """Give the new terms the same benefits with the same services."""
    for benefit in source.benefits.prefetch_related("services"):
        services = [link.service_id for link in benefit.services.all()]
        copied = models.Benefit.objects.get(pk=benefit.pk)
        copied.pk, copied.uuid, copied.terms = None, new_uuid(), target
        copied._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
        copied.save()
        models.BenefitService.objects.bulk_create(
            [models.BenefitService(terms=target, benefit=copied, service_id=one) for one in services]
        )


def _record(
    actor: Actor, plan: models.InsurancePlan, event: str, terms: models.PlanTerms, at: datetime
) -> None:
    """Write what happened to the plan's terms."""
    audit.record(
        event=event,
        subject_kind="plan",
        subject_uuid=plan.uuid,
        actor=actor,
        at=at,
        data={
            "terms": str(terms.uuid),
            "from": terms.valid_from.isoformat(),
            "deductible_gr": terms.deductible_gr,
            "sum_insured_gr": terms.sum_insured_gr,
        },
    )
