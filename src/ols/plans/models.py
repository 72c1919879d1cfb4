"""What an insurer promises: plans, their dated terms, benefits with their limits, and price limits."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ols.db.fields import BasisPointField, GroszField, new_uuid


def validity() -> Func:
    """Return the half-open range `valid_from ≤ day < valid_to` (open end when null)."""
    return Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField())


class InsurancePlan(models.Model):
    """A product (variant) of an insurer."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "plans_plan"
        constraints = [models.UniqueConstraint(fields=["insurer", "code"], name="plans_plan_once")]


class PlanTerms(models.Model):
    """The plan's terms for a time; limits count per policy year. -1 in an amount means: no such limit.

    A draft (`published_at` null) decides nothing; published terms never change (docs/adr/0006).
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    plan = models.ForeignKey(InsurancePlan, models.PROTECT, related_name="terms")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    deductible_gr = GroszField(default=0)
    sum_insured_gr = GroszField(default=-1)
    filing_limit_days = models.IntegerField(default=30)
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_terms"
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(published_at=None), name="plans_terms_one_draft"
            ),
            ExclusionConstraint(
                name="plans_terms_no_overlap",
                condition=Q(published_at__isnull=False),
                expressions=[(F("plan"), RangeOperators.EQUAL), (validity(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="plans_terms_period"
            ),
        ]


class Benefit(models.Model):
    """A group of services with shared limits and conditions. -1 means: no such limit or condition."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    terms = models.ForeignKey(PlanTerms, models.CASCADE, related_name="benefits")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    count_limit = models.IntegerField(default=-1)
    amount_limit_gr = GroszField(default=-1)
    is_family_shared = models.BooleanField(default=False)
    copay_gr = GroszField(default=0)
    coinsurance_bp = BasisPointField(default=0)
    franchise_gr = GroszField(default=0)
    waiting_days = models.IntegerField(default=0)
    waiting_months = models.IntegerField(default=0)
    age_from = models.IntegerField(default=-1)
    age_below = models.IntegerField(default=-1)
    sex = models.CharField(max_length=1, blank=True)
    needs_referral = models.BooleanField(default=False)
    referral_valid_days = models.IntegerField(default=-1)
    needs_authorization = models.BooleanField(default=False)
    interval_days = models.IntegerField(default=0)
    network_only = models.BooleanField(default=True)
    out_of_network_bp = BasisPointField(default=0)
    out_of_network_cap_gr = GroszField(default=-1)
    is_excluded = models.BooleanField(default=False)

    class Meta:
        db_table = "plans_benefit"
        constraints = [
            models.UniqueConstraint(fields=["terms", "code"], name="plans_benefit_once"),
            models.CheckConstraint(
                condition=Q(coinsurance_bp__range=(0, 10_000)), name="plans_benefit_coinsurance"
            ),
            models.CheckConstraint(
                condition=Q(copay_gr__gte=0) & Q(amount_limit_gr__gte=-1) & Q(count_limit__gte=-1),
                name="plans_benefit_amounts",
            ),
        ]


class BenefitService(models.Model):
    """A service belongs to at most one benefit of the same terms."""

    terms = models.ForeignKey(PlanTerms, models.CASCADE, related_name="+")
    benefit = models.ForeignKey(Benefit, models.CASCADE, related_name="services")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")

    class Meta:
        db_table = "plans_benefit_service"
        constraints = [
            models.UniqueConstraint(fields=["terms", "service"], name="plans_benefit_service_once")
        ]


class PriceLimit(models.Model):
    """The most an insurer covers for one unit of a service, dated."""

    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    limit_gr = GroszField()

    class Meta:
        db_table = "plans_price_limit"
        constraints = [
            ExclusionConstraint(
                name="plans_price_limit_no_overlap",
                expressions=[
                    (F("insurer"), RangeOperators.EQUAL),
                    (F("service"), RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(limit_gr__gt=0), name="plans_price_limit_positive"),
            # An empty period overlaps nothing: the exclusion alone would let it stand beside another limit.
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="plans_price_limit_period"
            ),
        ]


class LimitRevision(models.Model):
    """How often an insurer's limits of an area were changed, and by whom last: keeps two editors apart."""

    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    number = models.IntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        db_table = "plans_limit_revision"
        constraints = [models.UniqueConstraint(fields=["insurer", "area"], name="plans_limit_revision_once")]


class LimitDraft(models.Model):
    """A change of limits that was typed or imported and waits to be looked at and confirmed.

    `limits` holds [service id, grosze or null (no limit)]; `refused` [line, code, reason] of a file's rows
    that could not be read; `revision` is what the editor had before the eyes.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    limits = models.JSONField()
    refused = models.JSONField(default=list)
    file_name = models.CharField(max_length=200, blank=True)
    revision = models.IntegerField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=120)
    applied_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_limit_draft"
