"""The text of the next version, while it is prepared."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ols.network.selectors.versions import DraftRow
from ols.network.services import DraftText
from ols.web.components import fields
from ols.web.components.forms import Form

MAX_BODY: Final = 200_000


class TermsText(Form):
    """Nothing is required until it is published; what is typed is kept."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    version = forms.CharField(
        label=_("Version"), max_length=10, required=False, widget=forms.TextInput(attrs={"class": "short"})
    )
    valid_from = fields.DateField(
        label=_("In force from"), required=False, help_text=_("Today or later; one version a day.")
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

    def clean_valid_from(self) -> Any:
        """Refuse a day that is over."""
        day = self.cleaned_data["valid_from"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("In force from: choose today or a later day."))
        return day

    def text(self) -> DraftText:
        """Return what was typed, as the service takes it."""
        given = self.cleaned_data
        body = given["body"].replace("\r\n", "\n")
        return DraftText(given["version"], given["valid_from"], given["title"], body)


class Revision(Form):
    """Which revision somebody read before pressing a button that cannot be taken back."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def filled(draft: DraftRow) -> dict[str, object]:
    """Return the draft as the form's beginning."""
    names = ("title", "version", "valid_from", "body", "revision")
    return {name: getattr(draft, name) for name in names}
