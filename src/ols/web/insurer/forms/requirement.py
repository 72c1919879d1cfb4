"""A kind of document as the insurer describes it."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ols.network import selectors, services
from ols.network.document_rules import DAYS, MONTHS, Rules
from ols.network.selectors.documents import localized
from ols.network.selectors.insurer_setup import DocumentRow
from ols.web.components.forms import Form

_SHORT = {"class": "short number", "inputmode": "numeric", "autocomplete": "off"}
_RULES = ("max_age", "age_unit", "is_renewed", "has_end", "max_files")
_MOST_FILES = 20
_OLDEST = 120
_LONGEST_WAIT = 365


def _number(label: Any, help_text: Any, *, least: int, most: int, is_required: bool = False) -> forms.Field:
    """Return a field for a whole number that says its bounds."""
    words = _("{label}: enter a whole number from {least} to {most}.")
    text = format_lazy(words, label=label, least=least, most=most)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=is_required,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs=_SHORT),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), text),
    )


class KindOfDocument(Form):
    """Name, need and freshness of a kind; its code is made from the name."""

    name = forms.CharField(
        label=_("Name of the document"), max_length=120, help_text=_("As the clinic should read it.")
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    explanation = forms.CharField(
        label=_("Explanation for the clinic"),
        max_length=1000,
        required=False,
        help_text=_("What must be in the document, where it comes from."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "low"}),
    )
    explanation_en = forms.CharField(
        label=_("Explanation in English"),
        max_length=1000,
        required=False,
        help_text=_("For people who read the pages in English. Empty: they see the Polish one."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "low", "lang": "en"}),
    )
    is_required = forms.BooleanField(label=_("No offer can be sent without it"), required=False, initial=True)
    max_files = _number(
        _("Files at most"),
        _("How many files one clinic may add."),
        least=1,
        most=_MOST_FILES,
        is_required=True,
    )
    max_age = _number(
        _("Issued at most"),
        _("How old it may be on the day of the offer. Empty: it does not matter."),
        least=1,
        most=_OLDEST,
    )
    age_unit = forms.ChoiceField(
        label=_("Days or months"), choices=[(MONTHS, _("months")), (DAYS, _("days"))], initial=MONTHS
    )
    is_renewed = forms.BooleanField(
        label=_("Ask for a new one when it gets older"),
        required=False,
        help_text=_("Also while the co-operation lasts, 30 days ahead."),
    )
    has_end = forms.BooleanField(
        label=_("It says until when it is valid"),
        required=False,
        help_text=_("The clinic types the day; 30 days ahead of it we ask for a new document."),
    )
    suspend_after_days = _number(
        _("Suspend the co-operation after days"),
        _("So many days after the end without a new document. Empty: never by itself."),
        least=0,
        most=_LONGEST_WAIT,
    )

    def clean(self) -> None:
        """Refuse what cannot work together."""
        given = self.cleaned_data
        if given.get("is_renewed") and given.get("max_age") is None and "max_age" not in self.errors:
            self.add_error("max_age", _("Issued at most: enter how old a document may get."))
        ends = given.get("has_end") or given.get("is_renewed")
        if given.get("suspend_after_days") is not None and not ends:
            self.add_error(
                "suspend_after_days", _("A document that never ends suspends nothing. Leave it empty.")
            )

    def kind(self) -> services.DocumentKind:
        """Return what the service takes."""
        return services.DocumentKind(**self.cleaned_data)

    def preview(self) -> selectors.RequiredDocument:
        """Return the kind as the clinic will see it."""
        given = self.cleaned_data
        rules = Rules(*(given[name] for name in _RULES))
        return selectors.RequiredDocument(
            code="",
            name=localized(given["name"], given["name_en"]),
            explanation=localized(given["explanation"], given["explanation_en"]),
            is_required=given["is_required"],
            rules=rules,
            files=(),
            earlier=(),
        )


def initial_of(row: DocumentRow) -> dict[str, Any]:
    """Return what the form begins with."""
    return {
        **asdict(row.rules),
        "name": row.name,
        "name_en": row.name_en,
        "explanation": row.explanation,
        "explanation_en": row.explanation_en,
        "is_required": row.is_required,
        "suspend_after_days": row.suspend_after_days,
    }
