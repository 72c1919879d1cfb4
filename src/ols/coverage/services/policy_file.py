"""Reading a policy file: semicolon CSV, one insured person's cover a line (docs/formats/policies.md)."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ols.kernel import days, identifiers

REQUIRED = (
    "policy_number",
    "plan_code",
    "holder_name",
    "card_number",
    "pesel",
    "first_name",
    "last_name",
    "cover_from",
    "cover_to",
)
OPTIONAL = ("email", "phone", "waiting_from", "suspended_from", "family_key")
MAX_BYTES = 200 * 1024 * 1024
_LENGTHS = {
    "policy_number": 30,
    "holder_name": 250,
    "card_number": 30,
    "first_name": 80,
    "last_name": 120,
    "email": 254,
    "family_key": 40,
}


class BrokenFile(Exception):
    """The file as a whole cannot be read; `code` says why, `detail` names the column or line."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep the machine code (pages translate it) and the place."""
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class _RefusedValueError(ValueError):
    """One value of a line cannot be used."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True)
class RefusedLine:
    """A line that was not imported: its number in the file, the column and the reason code."""

    line: int
    field: str
    code: str


@dataclass(frozen=True)
class PolicyLine:
    """One checked line."""

    line: int
    policy_number: str
    plan_id: int
    holder_name: str
    card_number: str
    pesel: str
    first_name: str
    last_name: str
    birth_date: date
    sex: str
    email: str
    phone: str
    cover_from: date
    cover_to: date
    waiting_from: date | None
    suspended_from: date | None
    family_key: str


def decode(content: bytes) -> str:
    """Return the text of UTF-8 (with or without a mark) or CP1250 bytes.

    :raises BrokenFile: empty, too big, neither encoding, or a NUL byte
    """
    if not content.strip():
        raise BrokenFile("EMPTY")
    if len(content) > MAX_BYTES:
        raise BrokenFile("TOO_BIG")
    if b"\0" in content:
        raise BrokenFile("NOT_TEXT")
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BrokenFile("NOT_TEXT")


def read(content: bytes, *, plan_ids: Mapping[str, int], today: date) -> Iterator[PolicyLine | RefusedLine]:
    """Yield every line of the file, checked or refused, in order.

    :raises BrokenFile: the file as a whole cannot be read (nothing may be imported then)
    """
    reader = csv.DictReader(io.StringIO(decode(content), newline=""), delimiter=";", strict=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or []]
    except csv.Error as error:
        raise BrokenFile("NOT_CSV") from error
    if missing := [name for name in REQUIRED if name not in names]:
        raise BrokenFile("MISSING_COLUMNS", ", ".join(missing))
    reader.fieldnames = names
    try:
        for row in reader:
            if None in row or None in row.values():
                yield RefusedLine(reader.line_num, "", "COLUMN_COUNT")
            else:
                yield _checked(reader.line_num, row, plan_ids, today)
    except csv.Error as error:
        raise BrokenFile("NOT_CSV", str(reader.line_num)) from error


def _checked(
    line: int, row: Mapping[str, str], plan_ids: Mapping[str, int], today: date
) -> PolicyLine | RefusedLine:
    """Turn one raw row into a checked line, or say which value is wrong and how."""
    try:
        return _line(line, {name: (value or "").strip() for name, value in row.items()}, plan_ids, today)
    except _RefusedValueError as error:
        return RefusedLine(line, error.field, error.code)


def _line(line: int, row: Mapping[str, str], plan_ids: Mapping[str, int], today: date) -> PolicyLine:
    """Check every value of a row."""
    for field, limit in _LENGTHS.items():
        if len(row.get(field, "")) > limit:
            raise _RefusedValueError(field, "TOO_LONG")
    for field in REQUIRED:
        if not row[field]:
            raise _RefusedValueError(field, "EMPTY")
    if row["plan_code"] not in plan_ids:
        raise _RefusedValueError("plan_code", "UNKNOWN_PLAN")
    pesel = _identifier(row, "pesel", today)
    facts = identifiers.pesel_facts(pesel)
    cover_from, cover_to = _day(row, "cover_from"), _day(row, "cover_to")
    if cover_to < cover_from:
        raise _RefusedValueError("cover_to", "BEFORE_START")
    return PolicyLine(
        line=line,
        policy_number=row["policy_number"],
        plan_id=plan_ids[row["plan_code"]],
        holder_name=row["holder_name"],
        card_number=row["card_number"],
        pesel=pesel,
        first_name=row["first_name"],
        last_name=row["last_name"],
        birth_date=facts.birth,
        sex=facts.sex,
        email=row.get("email", ""),
        phone=_identifier(row, "phone", today) if row.get("phone") else "",
        cover_from=cover_from,
        cover_to=cover_to,
        waiting_from=_day(row, "waiting_from") if row.get("waiting_from") else None,
        suspended_from=_day(row, "suspended_from") if row.get("suspended_from") else None,
        family_key=row.get("family_key", ""),
    )


def _identifier(row: Mapping[str, str], field: str, today: date) -> str:
    """Return a checked PESEL or phone number."""
    try:
        if field == "pesel":
            return identifiers.parse_pesel(row[field], today=today)
        return identifiers.parse_phone(row[field])
    except identifiers.IdentifierError as error:
        raise _RefusedValueError(field, error.code) from error


def _day(row: Mapping[str, str], field: str) -> date:
    """Return a checked date."""
    try:
        return days.parse_date(row[field])
    except days.DateError as error:
        raise _RefusedValueError(field, error.code) from error
