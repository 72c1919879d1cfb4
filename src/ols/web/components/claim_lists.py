"""Lists of claims, the same for clinic and insurer: what they are filtered by, and as a spreadsheet."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.claims import types
from ols.web.components import claim_words, exports, fields
from ols.web.components.exports import Column
from ols.web.components.forms import Form

SPREADSHEETS: Final = ("csv", "xlsx")
# Ten years of a big clinic; a spreadsheet holds a million lines.
MAX_ROWS: Final = 100_000


class ClaimFilters(Form):
    """What the list of claims shows."""

    query = forms.CharField(label=_("Number or service"), required=False, max_length=60)
    status = forms.ChoiceField(label=_("Status"), required=False)
    service_from = fields.DateField(label=_("Day of service from"), required=False)
    service_to = fields.DateField(label=_("Day of service to"), required=False)

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        """Offer the statuses in words."""
        super().__init__(data)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        tags = claim_words.STATUS_TAGS
        status.choices = [("", _("All")), *((value, tag.label) for value, tag in tags.items())]

    def filters(self) -> types.ClaimFilters:
        """Return what was asked for; a field that cannot be read filters nothing."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        return types.ClaimFilters(
            status=wanted.get("status") or "",
            service_from=wanted.get("service_from"),
            service_to=wanted.get("service_to"),
            query=wanted.get("query") or "",
        )


def sheet(rows: Iterable[types.ClaimRow], *, counterpart: str | Promise) -> exports.Sheet:
    """Return the claims for a spreadsheet; `counterpart` heads the column of the other side's names."""
    columns = [
        Column(_("Number")),
        Column(_("Day of service"), exports.DAY),
        Column(_("Patient")),
        Column(counterpart),
        Column(_("Services")),
        Column(_("Status")),
        Column(_("Charge (zł)"), exports.AMOUNT),
        Column(_("Insurer pays (zł)"), exports.AMOUNT),
        Column(_("Patient pays (zł)"), exports.AMOUNT),
    ]
    return exports.Sheet("claims", columns, [_cells(row) for row in rows])


def _cells(row: types.ClaimRow) -> tuple[exports.Cell, ...]:
    return (
        row.number,
        row.service_date,
        row.patient,
        row.counterpart,
        row.service_codes,
        str(claim_words.STATUS_TAGS[row.status].label),
        row.submitted_gr,
        row.insurer_gr,
        row.patient_gr,
    )
