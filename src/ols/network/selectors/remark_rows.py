"""Remarks at single fields of an offer, as rows; whoever calls has checked that the reader may see them."""

from dataclasses import dataclass
from datetime import datetime

from ols.network import asked, models


@dataclass(frozen=True)
class RemarkRow:
    """What the insurer wants corrected in a field; `cleared_at`: since then it has its answer."""

    field: str
    text: str
    at: datetime
    by: str
    cleared_at: datetime | None

    @property
    def document(self) -> str:
        """The code of the document it is about; empty for a parameter."""
        return self.field.removeprefix(asked.DOCUMENT) if self.field.startswith(asked.DOCUMENT) else ""


def remark_row(row: models.OfferRemark) -> RemarkRow:
    """Translate the table's row."""
    return RemarkRow(row.field, row.text, row.at, row.user_name, row.cleared_at)


def waiting_remarks(contract: models.Contract) -> tuple[RemarkRow, ...]:
    """Return the remarks that wait for a correction, in the order they were written."""
    return tuple(remark_row(row) for row in contract.remarks.filter(cleared_at=None).order_by("pk"))
