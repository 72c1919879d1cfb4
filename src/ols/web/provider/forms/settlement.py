"""What the clinic's accountant fills in."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.settlement import selectors
from ols.web.components import fields, settlement_words
from ols.web.components.forms import Form


class NewReport(Form):
    """Whose claims, of which days of service (inclusive)."""

    insurer = forms.ChoiceField(label=_("Insurer"), error_messages={"required": _("Choose the insurer.")})
    period_from = fields.DateField(label=_("First day of service"))
    period_to = fields.DateField(label=_("Last day of service"))

    def __init__(self, data: object, *, waiting: list[selectors.WaitingRow], chosen: str = "") -> None:
        """Offer the insurers at whom claims wait; suggest all the days of the chosen one."""
        row = next((row for row in waiting if str(row.insurer_uuid) == chosen), None) or next(
            iter(waiting), None
        )
        initial: dict[str, object] = {}
        if row is not None:
            initial = {
                "insurer": str(row.insurer_uuid),
                "period_from": row.first_day,
                "period_to": row.last_day,
            }
        super().__init__(data, initial=initial)
        choice = self.fields["insurer"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(row.insurer_uuid), row.insurer_name) for row in waiting]

    def clean_period_to(self) -> date:
        """The period may not end before it begins."""
        first: date | None = self.cleaned_data.get("period_from")
        last: date = self.cleaned_data["period_to"]
        if first is not None and last < first:
            raise forms.ValidationError(_("Last day of service: choose a day not before the first day."))
        return last


class ReportFilters(Form):
    """What the list of reports shows."""

    number = forms.CharField(label=_("Report number"), required=False, max_length=24)
    status = forms.ChoiceField(label=_("Status"), required=False)
    made_from = fields.DateField(label=_("Made from"), required=False)
    made_to = fields.DateField(label=_("Made to"), required=False)

    def __init__(self, data: object) -> None:
        """Offer the statuses in words."""
        super().__init__(data)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        tags = settlement_words.STATEMENT_TAGS
        status.choices = [("", _("All")), *((value, tag.label) for value, tag in tags.items())]

    def filters(self) -> selectors.StatementFilters:
        """Return what was asked for; a field that cannot be read filters nothing."""
        wanted = self.cleaned_data if self.is_valid() or hasattr(self, "cleaned_data") else {}
        return selectors.StatementFilters(
            status=wanted.get("status") or "",
            number=wanted.get("number") or "",
            made_from=wanted.get("made_from"),
            made_to=wanted.get("made_to"),
        )
