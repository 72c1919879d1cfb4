"""Claims for programs: an estimate, and the decision itself (docs/api/claims.md)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.api.endpoint import answer, endpoint
from ols.api.problems import Problem
from ols.claims import services as claims
from ols.claims.types import Answer, ClaimDraft, DecidedLine, DraftLine
from ols.kernel.actor import Actor

_FIELDS = frozenset(
    {
        "coverage",
        "service_date",
        "lines",
        "practitioner_npwz",
        "diagnosis",
        "referral_number",
        "referral_date",
    }
)
_LINE_FIELDS = frozenset({"service_code", "quantity", "billed_gr"})


@endpoint(Permission.CLAIM_SUBMIT)
def check(_request: HttpRequest, actor: Actor, body: dict[str, object]) -> HttpResponse:
    """Estimate a decision; nothing is reserved or kept."""
    draft = parse_draft(body)
    try:
        found = claims.check_claim(actor=actor, draft=draft, at=timezone.now())
    except _REFUSALS as error:
        raise _problem(error) from error
    return answer(render_answer(found))


@endpoint(Permission.CLAIM_SUBMIT)
def authorize(request: HttpRequest, actor: Actor, body: dict[str, object]) -> HttpResponse:
    """Decide a claim: 201 for a new decision, 200 for the first answer given again."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if not key:
        raise Problem(400, "IDEMPOTENCY_KEY_MISSING", "Send a key of your own: Idempotency-Key: <key>.")
    draft = parse_draft(body)
    try:
        found = claims.authorize_claim(actor=actor, draft=draft, idempotency_key=key, at=timezone.now())
    except _REFUSALS as error:
        raise _problem(error) from error
    return answer(render_answer(found), status=200 if found.is_repeated else 201)


def parse_draft(body: Mapping[str, object]) -> ClaimDraft:
    """Return the draft of a request.

    :raises Problem: a value is missing, unknown or of the wrong type
    """
    _refuse_unknown(body, _FIELDS, "")
    lines = body.get("lines")
    if not isinstance(lines, list):
        raise _wrong("lines", "a list")
    referral = body.get("referral_date")
    return ClaimDraft(
        coverage_uuid=_uuid(body, "coverage"),
        service_date=_day(body, "service_date"),
        lines=tuple(_line(number, line) for number, line in enumerate(lines)),
        practitioner_npwz=_text(body, "practitioner_npwz", ""),
        diagnosis=_text(body, "diagnosis", ""),
        referral_number=_text(body, "referral_number", ""),
        referral_date=None if referral is None else _day(body, "referral_date"),
    )


def render_answer(found: Answer) -> dict[str, object]:
    """Return a decision as JSON values; amounts are grosze."""
    return {
        "claim": None if found.claim_uuid is None else str(found.claim_uuid),
        "number": found.number,
        "status": found.status,
        "outcome": found.outcome,
        "submitted_gr": found.submitted_gr,
        "insurer_gr": found.insurer_gr,
        "patient_gr": found.patient_gr,
        "write_off_gr": found.write_off_gr,
        "valid_until": None if found.valid_until is None else found.valid_until.isoformat(),
        "lines": [_rendered_line(line) for line in found.lines],
        "left": [
            {"benefit": left.code, "units": left.units_left, "amount_gr": left.amount_left_gr}
            for left in found.left
        ],
        "repeated": found.is_repeated,
    }


def _rendered_line(line: DecidedLine) -> dict[str, object]:
    return {
        "service_code": line.service_code,
        "quantity": line.quantity,
        "billed_gr": line.billed_gr,
        "insurer_gr": line.insurer_gr,
        "patient_gr": line.patient_gr,
        "write_off_gr": line.write_off_gr,
        "outcome": line.outcome,
        "reasons": line.reasons,
        "steps": dict(line.steps),
    }


def _line(number: int, value: object) -> DraftLine:
    where = f"lines[{number}]"
    if not isinstance(value, dict):
        raise _wrong(where, "an object")
    _refuse_unknown(value, _LINE_FIELDS, f"{where}.")
    code = value.get("service_code")
    if not isinstance(code, str):
        raise _wrong(f"{where}.service_code", "a text")
    quantity, billed = value.get("quantity", 1), value.get("billed_gr")
    if type(quantity) is not int:
        raise _wrong(f"{where}.quantity", "a whole number")
    if billed is not None and type(billed) is not int:
        raise _wrong(f"{where}.billed_gr", "a whole number of grosze")
    return DraftLine(code, quantity, billed)


def _refuse_unknown(body: Mapping[str, object], known: frozenset[str], where: str) -> None:
    if unknown := sorted(set(body) - known):
        raise Problem(422, "DRAFT_INVALID", "This field is not known.", field=f"{where}{unknown[0]}")


def _text(body: Mapping[str, object], name: str, default: str) -> str:
    value = body.get(name, default)
    if not isinstance(value, str):
        raise _wrong(name, "a text")
    return value


def _day(body: Mapping[str, object], name: str) -> date:
    value = body.get(name)
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # anything but a text is refused below
    except (TypeError, ValueError) as error:
        raise _wrong(name, "a date: RRRR-MM-DD") from error


def _uuid(body: Mapping[str, object], name: str) -> UUID:
    value = body.get(name)
    if not isinstance(value, str):
        raise _wrong(name, "a UUID")
    try:
        return UUID(value)
    except ValueError as error:
        raise _wrong(name, "a UUID") from error


def _wrong(field: str, wanted: str) -> Problem:
    return Problem(422, "DRAFT_INVALID", f"The value must be {wanted}.", field=field)


_REFUSALS = (
    claims.CoverageNotFound,
    claims.DraftInvalid,
    claims.IdempotencyConflict,
    claims.KeyInvalid,
    claims.UnknownService,
)


def _problem(error: Exception) -> Problem:
    """Return what a refusal of the service means to a program."""
    if isinstance(error, claims.DraftInvalid):
        return Problem(422, "DRAFT_INVALID", f"The value cannot be used: {error.code}.", field=error.field)
    if isinstance(error, claims.UnknownService):
        return Problem(422, "UNKNOWN_SERVICE", f"There is no service {error.code!r}.", field="lines")
    if isinstance(error, claims.IdempotencyConflict):
        return Problem(409, "IDEMPOTENCY_CONFLICT", "The key belongs to another claim.")
    if isinstance(error, claims.KeyInvalid):
        return Problem(400, "IDEMPOTENCY_KEY_INVALID", "A key has 1 to 80 printable characters.")
    return Problem(404, "COVERAGE_NOT_FOUND", "There is no such cover.")
