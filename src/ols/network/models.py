"""Terms and their acceptance, contracts between providers and insurers, price lists."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ols.db.fields import GroszField, new_uuid
from ols.db.triggers import append_only
from ols.network import states


class TermsKind(models.TextChoices):
    """Whose terms, about what."""

    PLATFORM = "platform"
    INSURANCE_SERVICE = "insurance-service"
    GENERAL = "general"
    THEMATIC = "thematic"


class TermsVersion(models.Model):
    """One version of a text that is accepted; published versions never change."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=TermsKind.choices)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, null=True, related_name="+")
    version = models.CharField(max_length=10)
    valid_from = models.DateField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "network_terms"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "insurer", "area", "version"], name="network_terms_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["platform", "insurance-service"], insurer=None, area=None)
                | Q(kind="general", insurer__isnull=False, area=None)
                | Q(kind="thematic", insurer__isnull=False, area__isnull=False),
                name="network_terms_scope",
            ),
            models.UniqueConstraint(
                fields=["kind", "valid_from"],
                condition=Q(kind__in=["platform", "insurance-service"]),
                name="network_terms_one_a_day",
            ),
        ]
        triggers = [append_only()]


class TermsDraft(models.Model):
    """The next version of one of the operator's texts, one at a time; it goes when published.

    `revision` is what an editor read: a save over another one is refused.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=TermsKind.choices, unique=True)
    version = models.CharField(max_length=10, blank=True)
    valid_from = models.DateField(null=True)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=120)

    class Meta:
        db_table = "network_terms_draft"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["platform", "insurance-service"]), name="network_terms_draft_kind"
            )
        ]


class TermsOpening(models.Model):
    """Who opened which terms: what was never opened cannot be accepted („zobacz regulamin”)."""

    terms = models.ForeignKey(TermsVersion, models.PROTECT, related_name="+")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "network_terms_opening"
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "organization", "user_id"], name="network_terms_opening_once"
            )
        ]


class TermsAcceptance(models.Model):
    """Provable for ever: who accepted which exact text, when, from where."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    terms = models.ForeignKey(TermsVersion, models.PROTECT, related_name="acceptances")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "network_terms_acceptance"
        constraints = [
            models.UniqueConstraint(fields=["terms", "organization"], name="network_terms_acceptance_once")
        ]
        triggers = [append_only()]


class DocumentRequirement(models.Model):
    """A kind of document an insurer wants with an offer."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    is_required = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "network_document_requirement"
        constraints = [
            models.UniqueConstraint(fields=["insurer", "code"], name="network_document_requirement_once")
        ]


class Contract(models.Model):
    """The co-operation of one provider with one insurer, from first draft to end."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    number = models.CharField(max_length=30, unique=True)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    provider = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, default=states.CONTRACT.initial)
    starts_on = models.DateField(null=True)
    iban = models.CharField(max_length=28, blank=True)
    bank_name = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "network_contract"
        constraints = [
            models.CheckConstraint(condition=states.CONTRACT.check(), name="network_contract_status"),
            models.UniqueConstraint(
                fields=["insurer", "provider"],
                condition=~Q(status__in=["rejected", "ended"]),
                name="network_contract_one_open",
            ),
        ]


class ContractDocument(models.Model):
    """A file sent with an offer; a replaced one is kept."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="documents")
    requirement = models.ForeignKey(DocumentRequirement, models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "network_contract_document"


class AreaOpening(models.Model):
    """An area an insurer offers; with a day in the future it is announced, not yet open."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    opens_on = models.DateField()

    class Meta:
        db_table = "network_area_opening"
        constraints = [models.UniqueConstraint(fields=["insurer", "area"], name="network_area_opening_once")]


class PriceList(models.Model):
    """The prices of one area in one contract. A later version counts from its day; an accepted one stays."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="price_lists")
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    version = models.IntegerField()
    status = models.CharField(max_length=12, default=states.PRICE_LIST.initial)
    valid_from = models.DateField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "network_price_list"
        constraints = [
            models.CheckConstraint(condition=states.PRICE_LIST.check(), name="network_price_list_status"),
            models.UniqueConstraint(fields=["contract", "area", "version"], name="network_price_list_once"),
            models.UniqueConstraint(
                fields=["contract", "area"],
                condition=~Q(status="accepted"),
                name="network_price_list_one_open",
            ),
        ]


class PriceListItem(models.Model):
    """One offered price in grosze."""

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="items")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    price_gr = GroszField()

    class Meta:
        db_table = "network_price_list_item"
        constraints = [
            models.UniqueConstraint(fields=["price_list", "service"], name="network_price_list_item_once"),
            models.CheckConstraint(condition=Q(price_gr__gte=0), name="network_price_list_item_amount"),
        ]


class ContractedPrice(models.Model):
    """The price in force: what the claim path reads. The database refuses two prices on one day."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    insurer_id = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    area = models.ForeignKey("catalog.ServiceArea", models.PROTECT, related_name="+")
    service = models.ForeignKey("catalog.Service", models.PROTECT, related_name="+")
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="+")
    price_gr = GroszField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "network_contracted_price"
        indexes = [models.Index(fields=["provider_id", "insurer_id", "service"], name="network_price_lookup")]
        constraints = [
            ExclusionConstraint(
                name="network_one_price_a_day",
                expressions=[
                    (F("insurer_id"), RangeOperators.EQUAL),
                    (F("provider_id"), RangeOperators.EQUAL),
                    (F("service"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]
