"""What an insurer sets up: documents it asks for, areas, terms."""

import re
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.catalog import selectors as catalog
from ols.network import services as network
from ols.network.selectors import TermsKind
from ols.web.components import fields
from ols.web.components.forms import Form

_VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+)*")
# A book; whatever is longer was pasted by mistake.
_LONGEST_TEXT: Final = 500_000


class NewDocument(Form):
    """A document clinics add to their offer."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=20,
        help_text=_("Short, for example OC. Clinics do not see it."),
        error_messages={"invalid": _("Code: use letters, digits and dashes only.")},
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    name = forms.CharField(
        label=_("Name of the document"), max_length=120, help_text=_("As the clinic should read it.")
    )
    is_required = forms.BooleanField(label=_("No offer can be sent without it"), required=False, initial=True)

    def clean_code(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["code"]).upper()


class AreaOpening(Form):
    """From which day clinics may work in an area."""

    opens_on = fields.DateField(
        label=_("Open from"),
        help_text=_("Today or later. With a later day the area is announced until then."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Keep the first day that can be chosen."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_opens_on(self) -> date:
        """Return the day; one that has passed is refused."""
        return _not_before(
            self.cleaned_data["opens_on"], self.today, _("Open from: choose today or a later day.")
        )


class NewTerms(Form):
    """A version of general or thematic terms, in Markdown."""

    kind = forms.ChoiceField(label=_("Which terms"))
    version = forms.CharField(
        label=_("Version"),
        max_length=10,
        help_text=_("For example 1.0."),
        widget=forms.TextInput(attrs={"class": "short number"}),
    )
    valid_from = fields.DateField(label=_("Valid from"), help_text=_("Today or later."))
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        max_length=_LONGEST_TEXT,
        help_text=_("Markdown: ## heading, 1. numbered point, - point, **bold**."),
        widget=forms.Textarea(attrs={"rows": 20}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Offer the general terms and those of every area."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.areas = {area.code: area for area in catalog.areas()}
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        areas = [
            (area.code, _("Thematic terms: %(area)s") % {"area": area.name}) for area in self.areas.values()
        ]
        kind.choices = [(TermsKind.GENERAL.value, _("General terms")), *areas]

    def clean_version(self) -> str:
        """Return the version; numbers with dots between them."""
        version = str(self.cleaned_data["version"])
        if not _VERSION.fullmatch(version):
            raise forms.ValidationError(_("Version: use numbers with dots between them, for example 1.0."))
        return version

    def clean_valid_from(self) -> date:
        """Return the day; one that has passed is refused: nobody was bound by the text then."""
        return _not_before(
            self.cleaned_data["valid_from"], self.today, _("Valid from: choose today or a later day.")
        )

    def clean_body(self) -> str:
        """Return the text with the line ends it is kept and hashed with."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    def draft(self) -> network.TermsDraft:
        """Return what the service takes."""
        given = self.cleaned_data
        area = self.areas.get(given["kind"])
        return network.TermsDraft(
            kind=TermsKind.THEMATIC if area else TermsKind.GENERAL,
            version=given["version"],
            valid_from=given["valid_from"],
            title=given["title"],
            body=given["body"],
            area_id=area.id if area else None,
        )

    def fingerprint(self) -> str:
        """Return by what a preview is known: only what was seen is published."""
        draft = self.draft()
        seen = (draft.kind, draft.area_id, draft.version, draft.valid_from, draft.title, draft.body)
        return sha256(repr(seen).encode()).hexdigest()


def next_version(version: str) -> str:
    """Return the version after: 1.9 → 1.10; something that does not end with a number stays."""
    found = re.fullmatch(r"(.*?)([0-9]+)", version)
    return f"{found[1]}{int(found[2]) + 1}" if found else version


def _not_before(day: date, first: date, refusal: Any) -> date:
    if day < first:
        raise forms.ValidationError(refusal)
    return day
