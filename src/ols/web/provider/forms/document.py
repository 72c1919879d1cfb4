"""What a clinic gives with a document: the file, and the dates its kind asks for."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ols.network import document_rules
from ols.network.document_rules import Dates, Rules
from ols.web.components import document_words, fields
from ols.web.components.forms import Form

_ISSUED = _("For example 27.11.2026; it stands on the document.")


class DocumentDates(Form):
    """The day of issue and the end, as far as the kind asks for them."""

    issued_on = fields.DateField(label=_("Day of issue"), help_text=_ISSUED)
    valid_until = fields.DateField(label=_("Valid until"), help_text=_("The last day on which it is valid."))

    def __init__(self, *args: Any, rules: Rules, today: date, **kwargs: Any) -> None:
        """Ask only for what the kind needs."""
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.today = today
        if rules.max_age is None:
            del self.fields["issued_on"]
        if not rules.has_end:
            del self.fields["valid_until"]

    def clean(self) -> None:
        """Refuse dates the kind does not take today, at the field they are about."""
        if self.errors.keys() & {"issued_on", "valid_until"}:
            return
        problem = document_rules.problem(self.rules, self.dates(), on=self.today)
        if problem:
            self.add_problem(problem)

    def dates(self) -> Dates:
        """Return what was typed."""
        return Dates(self.cleaned_data.get("issued_on"), self.cleaned_data.get("valid_until"))

    def add_problem(self, problem: str) -> None:
        """Say at its field why the document does not do (the kind may ask for more than the page did)."""
        name = "issued_on" if problem in document_words.ABOUT_ISSUE else "valid_until"
        self.add_error(name if name in self.fields else None, document_words.PROBLEMS[problem])


class OneDocument(DocumentDates):
    """One file with its dates."""

    file = fields.UploadField(label=_("File (PDF or JPG, at most 10 MB)"))
    field_order = ("file", "issued_on", "valid_until")


class SeveralDocuments(DocumentDates):
    """Some files at once; the dates count for each of them."""

    file = fields.UploadsField(label=_("Files (PDF or JPG, at most 10 MB each)"))
    field_order = ("file", "issued_on", "valid_until")
