"""Claims with their decisions, and the counters they move. Hot tables: no foreign keys (ADR 0004)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ols.claims import states
from ols.db.fields import GroszField, new_uuid
from ols.db.triggers import append_only


class Claim(models.Model):
    """One claim and the decision on it. Amounts are totals of the lines, in grosze."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    # W/<year>/<id>: unique because the id is; found by the id inside it.
    number = models.CharField(max_length=24)
    insurer_id = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    contract_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    coverage_id = models.BigIntegerField()
    practitioner_npwz = models.CharField(max_length=8, blank=True)
    service_date = models.DateField()
    diagnosis = models.CharField(max_length=8, blank=True)
    referral_number = models.CharField(max_length=30, blank=True)
    referral_date = models.DateField(null=True)
    status = models.CharField(max_length=12)
    outcome = models.CharField(max_length=20)
    submitted_gr = GroszField()
    insurer_gr = GroszField()
    patient_gr = GroszField()
    write_off_gr = GroszField()
    idempotency_key = models.CharField(max_length=80)
    # What was asked under the key: another request under it is refused, not answered.
    request_sha256 = models.BinaryField(max_length=32)
    rules_version = models.CharField(max_length=64)
    user_id = models.BigIntegerField()
    decided_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "claims_claim"
        constraints = [
            models.UniqueConstraint(fields=["provider_id", "idempotency_key"], name="claims_idempotency"),
            models.CheckConstraint(condition=states.CLAIM.check(), name="claims_claim_status"),
            models.CheckConstraint(
                condition=Q(submitted_gr=F("insurer_gr") + F("patient_gr") + F("write_off_gr")),
                name="claims_claim_money_conserved",
            ),
        ]
        indexes = [
            models.Index(fields=["provider_id", "-decided_at"], name="claims_by_provider"),
            models.Index(fields=["insurer_id", "-decided_at"], name="claims_by_insurer"),
            models.Index(
                fields=["valid_until"],
                name="claims_expiring",
                condition=Q(status=states.ClaimStatus.AUTHORIZED),
            ),
            models.Index(
                fields=["insurer_id", "decided_at"],
                name="claims_pended",
                condition=Q(status=states.ClaimStatus.PENDED),
            ),
            models.Index(
                fields=["provider_id", "insurer_id", "service_date"],
                name="claims_confirmed",
                condition=Q(status="confirmed"),
            ),
        ]


class ClaimLine(models.Model):
    """One service of a claim and the decision on it.

    `decision` holds the fields of adjudication.Decision, one amount per step; `facts` those of Line,
    Terms and Usage, so that any decision can be computed again without a join.
    """

    claim = models.ForeignKey(
        Claim, models.PROTECT, db_constraint=False, db_index=False, related_name="lines"
    )
    position = models.SmallIntegerField()
    person_id = models.BigIntegerField()
    service_id = models.BigIntegerField()
    service_code = models.CharField(max_length=20)
    service_name = models.CharField(max_length=250)
    benefit_code = models.CharField(max_length=20, blank=True)
    service_date = models.DateField()
    quantity = models.IntegerField()
    billed_gr = GroszField()
    insurer_gr = GroszField()
    patient_gr = GroszField()
    write_off_gr = GroszField()
    outcome = models.CharField(max_length=10)
    reasons = ArrayField(models.SmallIntegerField())
    decision = ArrayField(models.BigIntegerField())
    facts = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "claims_line"
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="claims_line_once"),
            models.CheckConstraint(
                condition=Q(
                    insurer_gr__gte=0,
                    patient_gr__gte=0,
                    write_off_gr__gte=0,
                    insurer_gr=F("billed_gr") * F("quantity") - F("patient_gr") - F("write_off_gr"),
                ),
                name="claims_line_money_conserved",
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "service_id", "service_date"], name="claims_line_history")
        ]


class Usage(models.Model):
    """What is used of one limit in one policy year. `benefit_code` "" holds the plan-wide deductible and sum.

    The holder is a coverage's id, or minus the id of the family when the limit is shared. Null in `allowed_*`
    means no such limit. What is left is always the terms' limit less `used_*`; `allowed_*` only arms the
    CHECK, the last guard (the lock is the first).
    """

    holder_id = models.BigIntegerField()
    benefit_code = models.CharField(max_length=20, blank=True)
    period_from = models.DateField()
    period_to = models.DateField()
    used_units = models.IntegerField(default=0)
    allowed_units = models.IntegerField(null=True)
    used_gr = GroszField(default=0)
    allowed_gr = GroszField(null=True)
    used_deductible_gr = GroszField(default=0)
    allowed_deductible_gr = GroszField(null=True)
    # Counts the movements: a reader that waited for the lock sees that its other facts are stale.
    moves = models.IntegerField(default=0)

    class Meta:
        db_table = "claims_usage"
        constraints = [
            models.UniqueConstraint(
                fields=["holder_id", "benefit_code", "period_from"], name="claims_usage_once"
            ),
            models.CheckConstraint(
                condition=Q(used_units__gte=0, used_gr__gte=0, used_deductible_gr__gte=0)
                & (Q(allowed_units=None) | Q(used_units__lte=F("allowed_units")))
                & (Q(allowed_gr=None) | Q(used_gr__lte=F("allowed_gr")))
                & (Q(allowed_deductible_gr=None) | Q(used_deductible_gr__lte=F("allowed_deductible_gr"))),
                name="claims_usage_within_limits",
            ),
        ]


class UsageMovement(models.Model):
    """How one claim moved one counter; giving limits back is a movement with the opposite sign."""

    claim_id = models.BigIntegerField()
    usage_id = models.BigIntegerField()
    at = models.DateTimeField()
    units = models.IntegerField()
    amount_gr = GroszField()
    deductible_gr = GroszField()

    class Meta:
        db_table = "claims_usage_movement"
        indexes = [models.Index(fields=["claim_id"], name="claims_movement_claim")]
        triggers = [append_only()]


class KeptDraft(models.Model):
    """A claim somebody has begun, kept as typed until it is sent or a week old; only its author sees it."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    organization_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    coverage_uuid = models.UUIDField()
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    claim_uuid = models.UUIDField(null=True)

    class Meta:
        db_table = "claims_kept_draft"
        indexes = [models.Index(fields=["user_id", "-saved_at"], name="claims_drafts_of_user")]
