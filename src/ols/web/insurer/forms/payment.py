"""What the insurer's finance people fill in."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.kernel import days
from ols.settlement import selectors
from ols.web.components import fields
from ols.web.components.forms import Form


class NewPaymentFile(Form):
    """Which reports to pay, on which working day."""

    statements = forms.MultipleChoiceField(
        label=_("Reports"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Reports: choose at least one."),
            "invalid_choice": _("Reports: one of the chosen is not due any more. Choose again."),
        },
    )
    execution_on = fields.DateField(label=_("Execution day"), help_text=_("A working day, today or later."))

    def __init__(self, data: object, *, due: Sequence[selectors.DueRow], today: date) -> None:
        """Offer what is due; suggest today or the next working day."""
        first = today if days.is_working_day(today) else days.add_working_days(today, 1)
        super().__init__(data, initial={"execution_on": first})
        choice = self.fields["statements"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(str(row.uuid), row.number) for row in due]

    def chosen(self) -> set[str]:
        """Return the uuids that are ticked, also when something else is wrong."""
        return set(self["statements"].value() or ())


class BankFile(Form):
    """A bank statement file."""

    file = fields.UploadField(
        label=_("Bank statement (camt.053)"),
        types=("xml", "camt", "c53"),
        limit_mb=20,
        help_text=_("The XML file from the bank, version 02 or 08."),
    )
