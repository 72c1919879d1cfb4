"""What each printed document needs: raw amounts and dates here, finished texts for the template.

Money in grosze, dates as `date`, moments aware. `data()` of a form goes to `rendering.render_pdf`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from ols.documents.typeset import markdown, words
from ols.kernel import days, identifiers, money


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmPrint:
    """A firm as documents name it. `nip`: ten digits; `address`: lines."""

    name: str
    nip: str
    address: tuple[str, ...] = ()

    def data(self) -> dict[str, object]:
        """Texts for the template."""
        lines = [line for line in self.address if line.strip()]
        return {"name": self.name, "nip": identifiers.format_nip(self.nip), "address": lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePrint:
    """A VAT-exempt invoice with one line. In a correction `total_gr` is the difference."""

    number: str
    seller: FirmPrint
    buyer: FirmPrint
    issue_date: date
    period_from: date
    period_to: date
    due_date: date
    line_text: str
    total_gr: int
    exemption: str
    account: str
    created_at: datetime
    corrected_number: str = ""
    corrected_date: date | None = None
    correction_reason: str = ""

    def data(self) -> dict[str, object]:
        """Texts for the template."""
        return {
            "created": _moment(self.created_at),
            "number": self.number,
            "seller": self.seller.data(),
            "buyer": self.buyer.data(),
            "issued": days.format_date(self.issue_date),
            "period": _period(self.period_from, self.period_to),
            "due": days.format_date(self.due_date) if self.total_gr > 0 else "",
            "line": self.line_text,
            "total": money.format_amount(self.total_gr),
            "total_words": words.amount_in_words(self.total_gr),
            "exemption": self.exemption,
            "account": identifiers.format_nrb(self.account),
            "corrected_number": self.corrected_number,
            "corrected_date": days.format_date(self.corrected_date) if self.corrected_date else "",
            "correction_reason": self.correction_reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLinePrint:
    """One claim on a statement, without the patient. `amount_gr` is below zero in a correction."""

    claim_number: str
    service_date: date
    service_codes: str
    amount_gr: int
    is_correction: bool = False

    def data(self) -> dict[str, object]:
        """Texts for the template."""
        return {
            "claim": self.claim_number,
            "day": days.format_date(self.service_date),
            "codes": self.service_codes,
            "amount": money.format_amount(self.amount_gr),
            "correction": self.is_correction,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPrint:
    """The settlement statement that an invoice refers to."""

    number: str
    provider: FirmPrint
    insurer: FirmPrint
    period_from: date
    period_to: date
    status: str
    lines: tuple[StatementLinePrint, ...]
    created_at: datetime

    def data(self) -> dict[str, object]:
        """Texts for the template; the total is the sum of the lines."""
        total_gr = sum(line.amount_gr for line in self.lines)
        return {
            "created": _moment(self.created_at),
            "number": self.number,
            "provider": self.provider.data(),
            "insurer": self.insurer.data(),
            "period": _period(self.period_from, self.period_to),
            "status": self.status,
            "lines": [line.data() for line in self.lines],
            "count": str(len(self.lines)),
            "total": money.format_amount(total_gr),
            "total_words": words.amount_in_words(total_gr),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLinePrint:
    """One service of a decision. `charge_gr` is what insurer and patient pay together, without a write-off.

    `outcome` and `reasons` are sentences in the reader's language.
    """

    service_code: str
    service_name: str
    quantity: int
    charge_gr: int
    insurer_gr: int
    patient_gr: int
    outcome: str
    reasons: tuple[str, ...] = ()

    def data(self) -> dict[str, object]:
        """Texts for the template."""
        return {
            "code": self.service_code,
            "name": self.service_name,
            "quantity": str(self.quantity),
            "charge": money.format_amount(self.charge_gr),
            "insurer": money.format_amount(self.insurer_gr),
            "patient": money.format_amount(self.patient_gr),
            "outcome": self.outcome,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPrint:
    """The decision on a claim, for the insured person. `appeal`: paragraphs on how to object."""

    number: str
    decided_at: datetime
    insured_name: str
    insurer_name: str
    provider_name: str
    service_date: date
    outcome: str
    lines: tuple[DecisionLinePrint, ...]
    appeal: tuple[str, ...]

    def data(self) -> dict[str, object]:
        """Texts for the template; the totals are the sums of the lines."""
        return {
            "created": _moment(self.decided_at),
            "number": self.number,
            "decided": days.format_date(days.local_date(self.decided_at)),
            "insured": self.insured_name,
            "insurer": self.insurer_name,
            "provider": self.provider_name,
            "day": days.format_date(self.service_date),
            "outcome": self.outcome,
            "lines": [line.data() for line in self.lines],
            "charge": money.format_amount(sum(line.charge_gr for line in self.lines)),
            "insurer_pays": money.format_amount(sum(line.insurer_gr for line in self.lines)),
            "patient_pays": money.format_amount(sum(line.patient_gr for line in self.lines)),
            "appeal": list(self.appeal),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPrint:
    """One version of terms, exactly the text that is accepted (Markdown)."""

    title: str
    owner: str
    version: str
    valid_from: date
    text: str
    published_at: datetime

    def data(self) -> dict[str, object]:
        """Texts and blocks for the template."""
        return {
            "created": _moment(self.published_at),
            "title": self.title,
            "owner": self.owner,
            "version": self.version,
            "valid_from": days.format_date(self.valid_from),
            "blocks": markdown.blocks(self.text),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptancePrint:
    """„Potwierdzenie akceptacji”: who accepted which exact text (Markdown), when and from where."""

    number: str
    title: str
    owner: str
    version: str
    valid_from: date
    text: str
    sha256: str
    organization: str
    nip: str
    by: str
    at: datetime
    ip: str

    def data(self) -> dict[str, object]:
        """Texts and blocks for the template."""
        return {
            "created": _moment(self.at),
            "number": self.number,
            "title": self.title,
            "owner": self.owner,
            "version": self.version,
            "valid_from": days.format_date(self.valid_from),
            "blocks": markdown.blocks(self.text),
            "sha256": self.sha256,
            "organization": self.organization,
            "nip": identifiers.format_nip(self.nip),
            "by": self.by,
            "at": f"{self.at.astimezone(days.WARSAW):%d.%m.%Y %H:%M:%S}",
            "ip": self.ip,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractPrint:
    """An invented register extract for demo and tests: parts of (label, value) rows."""

    title: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    made_at: datetime

    def data(self) -> dict[str, object]:
        """Texts for the template."""
        return {
            "created": _moment(self.made_at),
            "title": self.title,
            "parts": [
                {"heading": heading, "rows": [list(row) for row in rows]} for heading, rows in self.parts
            ],
        }


def _period(first: date, last: date) -> str:
    return f"{days.format_date(first)} – {days.format_date(last)}"


def _moment(moment: datetime) -> dict[str, object]:
    """The moment as numbers in UTC: it becomes the date of the file."""
    utc = moment.astimezone(UTC)
    return {
        "year": utc.year,
        "month": utc.month,
        "day": utc.day,
        "hour": utc.hour,
        "minute": utc.minute,
        "second": utc.second,
    }
