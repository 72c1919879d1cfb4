"""Who is insured, by which policy, from when to when."""

from django.db import models
from django.db.models import F, Q

from ols.db.fields import new_uuid


class InsuredPerson(models.Model):
    """A person insured by one insurer. The PESEL is encrypted; `pesel_index` finds it (db/crypto.py).

    A person without a PESEL has the index of `document country:kind:number`.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    pesel_encrypted = models.BinaryField()
    pesel_index = models.BinaryField(max_length=32)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=120)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)

    class Meta:
        db_table = "coverage_person"
        constraints = [
            models.UniqueConstraint(fields=["insurer", "pesel_index"], name="coverage_person_once")
        ]
        indexes = [models.Index(fields=["pesel_index"], name="coverage_person_pesel")]


class Policy(models.Model):
    """A contract of insurance: one plan, one period, one or many insured."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    plan = models.ForeignKey("plans.InsurancePlan", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    holder_name = models.CharField(max_length=250)

    class Meta:
        db_table = "coverage_policy"
        constraints = [models.UniqueConstraint(fields=["insurer", "number"], name="coverage_policy_once")]


class Family(models.Model):
    """The people of one policy with one key in the insurer's file: they share the limits that a plan shares.

    `year_from` is the first day of the first cover imported with the key: the family's policy years count
    from it, whoever joins or leaves later.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="families")
    key = models.CharField(max_length=40)
    year_from = models.DateField()

    class Meta:
        db_table = "coverage_family"
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="coverage_family_once")]


class Coverage(models.Model):
    """One person's cover under one policy; both days inclusive. Limits count by its policy years.

    `waiting_from` is the day from which waiting periods count (the first day of gapless cover).
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="coverages")
    person = models.ForeignKey(InsuredPerson, models.PROTECT, related_name="coverages")
    plan = models.ForeignKey("plans.InsurancePlan", models.PROTECT, related_name="+")
    card_number = models.CharField(max_length=30, db_index=True)
    cover_from = models.DateField()
    cover_to = models.DateField()
    waiting_from = models.DateField()
    suspended_from = models.DateField(null=True)
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="coverages")
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "coverage_coverage"
        constraints = [
            models.UniqueConstraint(fields=["policy", "person", "cover_from"], name="coverage_once"),
            models.CheckConstraint(condition=Q(cover_to__gte=F("cover_from")), name="coverage_period"),
        ]


class PolicyImport(models.Model):
    """One import of policies: what came in, what it changed; a broken file changes nothing."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    added = models.IntegerField()
    changed = models.IntegerField()
    unchanged = models.IntegerField()
    refused = models.IntegerField()
    refusals = models.JSONField(default=list)

    class Meta:
        db_table = "coverage_import"


class EligibilityCheck(models.Model):
    """Somebody looked up a person: kept so that the insured can see who did (never the number itself)."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField()
    organization_id = models.BigIntegerField()
    person = models.ForeignKey(InsuredPerson, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "coverage_check"
