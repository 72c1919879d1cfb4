"""What can be asked at all; whether it is paid is the rules' business."""

import re

from ols.claims.types import ClaimDraft, DraftLine

MAX_LINES = 50
MAX_QUANTITY = 1000
MAX_PRICE_GR = 10**9
_DIAGNOSIS = re.compile(r"[A-Z]\d{2}(\.\d)?[*†]?")


class DraftInvalid(ValueError):
    """A draft cannot be asked: `field` is where (lines[0].quantity …), `code` is why."""

    def __init__(self, field: str, code: str) -> None:
        """Keep both for the message at the field."""
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def require_valid(draft: ClaimDraft) -> None:
    """Let a draft pass that the tables can hold and the rules can decide.

    :raises DraftInvalid: it is none
    """
    if not draft.lines:
        raise DraftInvalid("lines", "EMPTY")
    if len(draft.lines) > MAX_LINES:
        raise DraftInvalid("lines", "TOO_MANY")
    for number, line in enumerate(draft.lines):
        _require_valid_line(number, line)
    _require_text("referral_number", draft.referral_number, 30)
    _require_text("practitioner_npwz", draft.practitioner_npwz, 8)
    if draft.diagnosis and not _DIAGNOSIS.fullmatch(draft.diagnosis):
        raise DraftInvalid("diagnosis", "PATTERN")


def _require_valid_line(number: int, line: DraftLine) -> None:
    if not line.service_code:
        raise DraftInvalid(f"lines[{number}].service_code", "EMPTY")
    _require_text(f"lines[{number}].service_code", line.service_code, 20)
    if not 1 <= line.quantity <= MAX_QUANTITY:
        raise DraftInvalid(f"lines[{number}].quantity", "RANGE")
    if line.billed_gr is not None and not 0 <= line.billed_gr <= MAX_PRICE_GR:
        raise DraftInvalid(f"lines[{number}].billed_gr", "RANGE")


def _require_text(field: str, value: str, longest: int) -> None:
    if len(value) > longest:
        raise DraftInvalid(field, "TOO_LONG")
    if not value.isprintable():
        raise DraftInvalid(field, "CHARACTERS")
