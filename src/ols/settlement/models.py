"""From decided claims to money: statements, accounting documents, payment files, bank statements."""

from django.db import models
from django.db.models import F, Q

from ols.db.fields import GroszField, new_uuid
from ols.settlement import states


class SettlementStatement(models.Model):
    """„Raport rozliczeniowy”: the claims of one period one insurer owes one provider for."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    number = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=12, default=states.STATEMENT.initial)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    provider = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    contract = models.ForeignKey("network.Contract", models.PROTECT, related_name="+")
    period_from = models.DateField()
    period_to = models.DateField()
    claim_count = models.IntegerField()
    total_gr = GroszField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    ordered_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)

    class Meta:
        db_table = "settlement_statement"
        constraints = [
            models.CheckConstraint(condition=states.STATEMENT.check(), name="settlement_statement_status"),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="settlement_statement_period"
            ),
        ]
        indexes = [models.Index(fields=["provider", "-created_at"], name="settlement_by_provider")]


class StatementLine(models.Model):
    """One claim on a statement, or the correction of one; a claim is paid once and corrected once.

    A discarded statement's lines are deleted so that their claims can be reported again.
    """

    statement = models.ForeignKey(SettlementStatement, models.PROTECT, related_name="lines")
    claim_id = models.BigIntegerField()
    is_correction = models.BooleanField(default=False)
    amount_gr = GroszField()

    class Meta:
        db_table = "settlement_line"
        constraints = [
            models.UniqueConstraint(fields=["claim_id", "is_correction"], name="settlement_line_once")
        ]


class NumberSeries(models.Model):
    """The last number given in one organization's series (row-locked while the next one is taken).

    Without an organization it is the platform's own series.
    """

    organization = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    prefix = models.CharField(max_length=20)
    period = models.CharField(max_length=7)
    last = models.IntegerField(default=0)

    class Meta:
        db_table = "settlement_number_series"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "prefix", "period"],
                name="settlement_number_series_once",
                nulls_distinct=False,
            )
        ]


class AccountingDocument(models.Model):
    """The VAT-exempt invoice of a statement: PDF and FA(3) XML, numbered in the provider's own series.

    A file that is not there yet is written when it is first opened.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    statement = models.OneToOneField(SettlementStatement, models.PROTECT, related_name="document")
    provider = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    total_gr = GroszField()
    pdf = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    xml = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "settlement_document"
        constraints = [
            models.UniqueConstraint(fields=["provider", "number"], name="settlement_document_number_once")
        ]


class PaymentBatch(models.Model):
    """One pain.001 file. Four eyes: who approved is not who prepared."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    number = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=12, default=states.BATCH.initial)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    execution_on = models.DateField()
    total_gr = GroszField()
    payment_count = models.IntegerField()
    prepared_by_id = models.BigIntegerField()
    prepared_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    file = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    # The account in the approved file: its statements are the insurer's also after it pays from another.
    debtor_iban = models.CharField(max_length=28, blank=True, default="")

    class Meta:
        db_table = "settlement_batch"
        constraints = [
            models.CheckConstraint(condition=states.BATCH.check(), name="settlement_batch_status"),
            models.CheckConstraint(
                condition=Q(approved_by_id=None) | ~Q(approved_by_id=F("prepared_by_id")),
                name="settlement_batch_four_eyes",
            ),
        ]


class Payment(models.Model):
    """One transfer for one statement; a returned one may be ordered again as a new payment."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="payments")
    statement = models.ForeignKey(SettlementStatement, models.PROTECT, related_name="payments")
    end_to_end_id = models.CharField(max_length=35, unique=True)
    amount_gr = GroszField()
    iban = models.CharField(max_length=28)
    name = models.CharField(max_length=250)
    booked_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "settlement_payment"
        constraints = [
            models.CheckConstraint(condition=Q(amount_gr__gt=0), name="settlement_payment_positive"),
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(returned_on=None, cancelled_at=None),
                name="settlement_payment_one_alive",
            ),
        ]


class BankStatement(models.Model):
    """One imported bank statement; the same file or the same statement is never imported twice."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    insurer = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    statement_id = models.CharField(max_length=60)
    iban = models.CharField(max_length=28)
    opening_gr = GroszField()
    closing_gr = GroszField()
    imported_at = models.DateTimeField()
    user_id = models.BigIntegerField()
    file_name = models.CharField(max_length=200)

    class Meta:
        db_table = "settlement_bank_statement"
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "iban", "statement_id"], name="settlement_bank_statement_once"
            )
        ]


class BankEntry(models.Model):
    """One line of a bank statement and the payment it was matched to.

    `matched_by` is end-to-end, title, account, person or, for a movement that is no payment of ours,
    set-aside; empty while it waits for a person, and `unmatched_reason` says why it waits.
    """

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="entries")
    position = models.IntegerField()
    is_credit = models.BooleanField()
    is_return = models.BooleanField(default=False)
    amount_gr = GroszField()
    booked_on = models.DateField()
    end_to_end_id = models.CharField(max_length=35, blank=True)
    bank_reference = models.CharField(max_length=80, blank=True)
    counterparty_name = models.CharField(max_length=250, blank=True)
    counterparty_iban = models.CharField(max_length=34, blank=True)
    remittance = models.TextField(blank=True)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="bank_entries")
    matched_by = models.CharField(max_length=12, blank=True)
    unmatched_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "settlement_bank_entry"
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="settlement_bank_entry_once")
        ]
