"""The text of the next version, while it is prepared."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.kernel.days import format_date
from ols.kernel.sortkey import search_key
from ols.network.selectors.evidence import SignerRow, SignerState
from ols.network.selectors.versions import DraftRow, earliest_deadline
from ols.network.services import DraftText
from ols.web.components import fields
from ols.web.components.forms import DatedForm, Form

MAX_BODY: Final = 200_000


class TermsText(DatedForm):
    """Nothing is required until it is published; what is typed is kept."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, widget=forms.TextInput(attrs={"class": "wide"})
    )
    version = forms.CharField(
        label=_("Version"), max_length=10, required=False, widget=forms.TextInput(attrs={"class": "short"})
    )
    valid_from = fields.ComingDayField(
        label=_("In force from"), required=False, help_text=_("Today or later; one version a day.")
    )
    accept_by = fields.DateField(
        label=_("Accept by"),
        required=False,
        help_text=_(
            "For clinics that accepted an earlier version. Left empty: two weeks after the first day."
        ),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=MAX_BODY,
        required=False,
        strip=False,
        help_text=_("Markdown: ## a heading, 1. a numbered clause, **bold**. A blank line parts paragraphs."),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool = False, **kwargs: Any) -> None:
        """A first version has nobody who accepted an earlier one."""
        super().__init__(*args, today=timezone.localdate(), **kwargs)
        if is_first:
            del self.fields["accept_by"]

    def clean_accept_by(self) -> Any:
        """Refuse a deadline that gives too little time."""
        day, first = self.cleaned_data["accept_by"], self.cleaned_data.get("valid_from")
        if day is not None and first is not None and first >= self.today:
            earliest = earliest_deadline(first, on=self.today)
            if day < earliest:
                raise forms.ValidationError(
                    _("Accept by: choose %(day)s or later."), params={"day": format_date(earliest)}
                )
        return day

    def text(self) -> DraftText:
        """Return what was typed, as the service takes it."""
        given = self.cleaned_data
        body = given["body"].replace("\r\n", "\n")
        return DraftText(given["version"], given["valid_from"], given["title"], body, given.get("accept_by"))


class Revision(Form):
    """Which revision somebody read before pressing a button that cannot be taken back."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SignerFilters(Form):
    """Narrow the list of those who accepted a text."""

    text = forms.CharField(label=_("Clinic or NIP"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Newest version"),
        required=False,
        choices=[
            ("", pgettext_lazy("signers", "all")),
            (SignerState.CURRENT, pgettext_lazy("signers", "accepted")),
            (SignerState.WAITING, pgettext_lazy("signers", "not accepted yet")),
            (SignerState.SUSPENDED, pgettext_lazy("signers", "suspended")),
        ],
    )

    def lets_through(self, row: SignerRow) -> bool:
        """Say whether the row is wanted."""
        given = self.cleaned_data if self.is_bound else {}
        text, state = search_key(str(given.get("text", ""))), given.get("state", "")
        digits = "".join(char for char in text if char.isdigit())
        by_number = bool(digits) and row.organization_nip.startswith(digits)
        return (not state or row.state == state) and (by_number or text in search_key(row.organization_name))


def filled(draft: DraftRow) -> dict[str, object]:
    """Return the draft as the form's beginning."""
    names = ("title", "version", "valid_from", "accept_by", "body", "revision")
    return {name: getattr(draft, name) for name in names}
