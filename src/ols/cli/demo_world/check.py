"""Does the money agree with itself? Every sum of the database computed twice, and every decision again.

Works on any database, not only on a demo world: the rows are read, nothing is assumed about them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Manager, Model, Q, Sum
from django.db.models.functions import Coalesce

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.adjudication import types, waterfall
from ols.claims.states import ClaimStatus
from ols.kernel.actor import Actor
from ols.settlement import selectors as settlement
from ols.settlement.states import StatementStatus

_GIVEN_BACK = (ClaimStatus.CANCELLED, ClaimStatus.EXPIRED, ClaimStatus.REVERSED, ClaimStatus.DENIED)
_LINE_WIDTH, _TERMS_WIDTH = len(types.Line._fields), len(types.Terms._fields)
_CHUNK = 2000


def problems() -> list[str]:
    """Return what does not agree, in words; empty when everything does."""
    checks: tuple[Callable[[], Iterator[str]], ...] = (
        _claims,
        _decisions,
        _counters,
        _movements,
        _bookings,
        _ledger,
        _statements,
        _payments,
        _bank,
    )
    return [problem for check in checks for problem in check()]


def _rows(label: str) -> Manager[Any]:
    model: type[Model] = apps.get_model(label)
    return model._default_manager  # noqa: SLF001 - the model's usual manager


def _claims() -> Iterator[str]:
    """Totals of claims against their lines."""
    lines = _rows("claims.ClaimLine").values("claim_id")
    sums = {
        row["claim_id"]: (row["submitted"], row["insurer"], row["patient"], row["write_off"])
        for row in lines.annotate(
            submitted=Sum(F("billed_gr") * F("quantity")),
            insurer=Sum("insurer_gr"),
            patient=Sum("patient_gr"),
            write_off=Sum("write_off_gr"),
        )
    }
    totals = ("submitted_gr", "insurer_gr", "patient_gr", "write_off_gr")
    for claim_id, number, *amounts in _rows("claims.Claim").values_list("id", "number", *totals):
        if sums.get(claim_id) != tuple(amounts):
            yield f"claim {number}: its lines do not add up to its totals"


def _decisions() -> Iterator[str]:
    """Every stored decision against the rules on its stored facts; what a person refused is theirs."""
    refused_by_a_person = Q(claim__status=ClaimStatus.DENIED, claim__closed_at__isnull=False)
    lines = _rows("claims.ClaimLine").exclude(refused_by_a_person)
    fields = ("claim_id", "position", "facts", "decision")
    for claim_id, position, facts, stored in lines.values_list(*fields).iterator(_CHUNK):
        line = types.Line(*facts[:_LINE_WIDTH])
        terms = types.Terms(*facts[_LINE_WIDTH : _LINE_WIDTH + _TERMS_WIDTH])
        usage = types.Usage(*facts[_LINE_WIDTH + _TERMS_WIDTH :])
        decision, _ = waterfall.adjudicate_line(line, terms, usage)
        if list(decision) != stored:
            yield f"claim {claim_id}, line {position}: the rules decide otherwise"


def _counters() -> Iterator[str]:
    """Counters against their movements."""
    moved = _rows("claims.UsageMovement").values("usage_id")
    sums = {
        row["usage_id"]: (row["units"], row["gr"], row["deductible"])
        for row in moved.annotate(units=Sum("units"), gr=Sum("amount_gr"), deductible=Sum("deductible_gr"))
    }
    used = ("used_units", "used_gr", "used_deductible_gr")
    for counter_id, *amounts in _rows("claims.Usage").values_list("id", *used):
        if sums.pop(counter_id, (0, 0, 0)) != tuple(amounts):
            yield f"counter {counter_id}: its movements do not add up to what is used"
    for counter_id in sums:
        yield f"counter {counter_id}: moved, but not there"


def _movements() -> Iterator[str]:
    """Claims that count against what they moved on the plans' own counters; the others gave all back."""
    own = _rows("claims.Usage").filter(benefit_code="").values("id")
    moved = _rows("claims.UsageMovement").filter(usage_id__in=own).values("claim_id")
    sums = {row["claim_id"]: row["gr"] for row in moved.annotate(gr=Sum("amount_gr"))}
    for claim_id, number, status, insurer_gr in _rows("claims.Claim").values_list(
        "id", "number", "status", "insurer_gr"
    ):
        expected = 0 if status in _GIVEN_BACK else insurer_gr
        if sums.get(claim_id, 0) != expected:
            yield f"claim {number}: {sums.get(claim_id, 0)} gr reserved, {expected} gr expected"


def _bookings() -> Iterator[str]:
    """What the book says of each claim against the claim: owed as long as it counts."""
    entries = _rows("ledger.Entry").filter(kind__startswith="claim.").values("reference")
    forward, back = Q(kind="claim.decided"), ~Q(kind="claim.decided")
    sums = {
        row["reference"]: row["owed"] - row["taken_back"]
        for row in entries.annotate(
            owed=Coalesce(Sum("postings__amount_gr", filter=forward), 0),
            taken_back=Coalesce(Sum("postings__amount_gr", filter=back), 0),
        )
    }
    booked = (ClaimStatus.AUTHORIZED, ClaimStatus.CONFIRMED)
    for uuid, number, status, insurer_gr in _rows("claims.Claim").values_list(
        "uuid", "number", "status", "insurer_gr"
    ):
        expected = insurer_gr if status in booked else 0
        if sums.get(uuid, 0) != expected:
            yield f"claim {number}: {sums.get(uuid, 0)} gr booked, {expected} gr expected"


def _ledger() -> Iterator[str]:
    """The book against claims, reports and payments, stage by stage."""
    may = frozenset({Permission.PAYMENT_VIEW})
    for insurer in accounts.organizations(kind="insurer"):
        check = settlement.ledger_check(Actor(None, insurer.id, "insurer", may, "command"))
        if check.total_gr:
            yield f"{insurer.name}: the book is out of balance by {check.total_gr} gr"
        for row in check.rows:
            if not row.agrees:
                yield f"{insurer.name}, {row.stage}: {row.book_gr} gr booked, {row.expected_gr} gr expected"


def _statements() -> Iterator[str]:
    """Reports against their lines, their claims and their accounting documents."""
    rows = _rows("settlement.SettlementStatement").exclude(status=StatementStatus.DISCARDED)
    totals = rows.annotate(lines_gr=Coalesce(Sum("lines__amount_gr"), 0), found=Count("lines"))
    for number, total_gr, lines_gr, count, found in totals.values_list(
        "number", "total_gr", "lines_gr", "claim_count", "found"
    ):
        if (total_gr, count) != (lines_gr, found):
            yield f"report {number}: {lines_gr} gr in {found} lines, {total_gr} gr of {count} claims reported"
    for number in (
        rows.exclude(document=None)
        .exclude(document__total_gr=F("total_gr"))
        .values_list("document__number", flat=True)
    ):
        yield f"document {number}: its total is not its report's"
    amounts = dict(_rows("claims.Claim").values_list("id", "insurer_gr"))
    lines = _rows("settlement.StatementLine").values_list("claim_id", "is_correction", "amount_gr")
    for claim_id, is_correction, amount_gr in lines:
        if amount_gr != (-amounts[claim_id] if is_correction else amounts[claim_id]):
            yield f"claim {claim_id}: reported with another amount"


def _payments() -> Iterator[str]:
    """Payments against their reports, payment files against their payments."""
    for number in (
        _rows("settlement.Payment")
        .exclude(amount_gr=F("statement__total_gr"))
        .values_list("end_to_end_id", flat=True)
    ):
        yield f"payment {number}: its amount is not its report's"
    batches = _rows("settlement.PaymentBatch").annotate(paid_gr=Sum("payments__amount_gr"))
    for number in batches.exclude(paid_gr=F("total_gr")).values_list("number", flat=True):
        yield f"payment file {number}: its payments do not add up to its total"


def _bank() -> Iterator[str]:
    """Bank statements against their entries, entries against the payments they are."""
    statements = _rows("settlement.BankStatement").annotate(
        came=Coalesce(Sum("entries__amount_gr", filter=Q(entries__is_credit=True)), 0),
        went=Coalesce(Sum("entries__amount_gr", filter=Q(entries__is_credit=False)), 0),
    )
    wrong = statements.exclude(closing_gr=F("opening_gr") + F("came") - F("went"))
    for name in wrong.values_list("statement_id", flat=True):
        yield f"bank statement {name}: its entries do not lead from its opening to its closing balance"
    entries = _rows("settlement.BankEntry").exclude(payment=None)
    for name in entries.exclude(amount_gr=F("payment__amount_gr")).values_list(
        "payment__end_to_end_id", flat=True
    ):
        yield f"payment {name}: the bank booked another amount"
