"""The rules by which an insurer's offers are accepted at once, and when its people are reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ols.network import review_rules
from ols.network.selectors.review import RulesRow
from ols.network.services import RulesDraft
from ols.registry import geography
from ols.web.components import rule_words
from ols.web.components.forms import Form


class ReviewRules(Form):
    """Which rules must all pass, and what three of them ask for."""

    is_automatic = forms.BooleanField(
        label=_("Accept an offer at once when every chosen rule passes"),
        required=False,
        help_text=_(
            "Otherwise every offer waits for a person. Each automatic decision is marked and explained."
        ),
    )
    rules = forms.MultipleChoiceField(
        label=_("Rules that must pass"), required=False, widget=forms.CheckboxSelectMultiple
    )
    start_within_days = forms.IntegerField(
        label=_("Co-operation begins within (days)"),
        min_value=0,
        max_value=366,
        widget=forms.NumberInput(attrs={"class": "short number"}),
    )
    entity_kinds = forms.MultipleChoiceField(
        label=_("Kinds of clinics"),
        required=False,
        choices=list(rule_words.KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    voivodeships = forms.MultipleChoiceField(
        label=_("Voivodeships"), required=False, widget=forms.CheckboxSelectMultiple
    )
    alarm_hours = forms.IntegerField(
        label=_("Remind us before the deadline (office hours)"),
        min_value=0,
        max_value=8,
        help_text=_("From 0 to 8 hours. With 0 only late offers are told."),
        widget=forms.NumberInput(attrs={"class": "short number"}),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the rules and the voivodeships in words."""
        super().__init__(*args, **kwargs)
        choices = {
            "rules": [(code, _now(words)) for code, words in review_rules.RULES.items()],
            "voivodeships": list(geography.voivodeships().items()),
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = found

    def clean(self) -> dict[str, Any]:
        """What is chosen must be something the rules can be asked about."""
        given: dict[str, Any] = self.cleaned_data
        rules = given.get("rules") or []
        if given.get("is_automatic") and not rules:
            self.add_error("rules", _("Rules that must pass: choose at least one."))
        if "kind" in rules and not given.get("entity_kinds"):
            self.add_error("entity_kinds", _("Kinds of clinics: choose at least one, or take the rule off."))
        if "voivodeship" in rules and not given.get("voivodeships"):
            self.add_error("voivodeships", _("Voivodeships: choose at least one, or take the rule off."))
        return given

    def draft(self) -> RulesDraft:
        """Return what the service takes."""
        given = self.cleaned_data
        return RulesDraft(
            is_automatic=given["is_automatic"],
            rules=tuple(given["rules"]),
            start_within_days=given["start_within_days"],
            entity_kinds=tuple(given["entity_kinds"]),
            voivodeships=tuple(given["voivodeships"]),
            alarm_hours=given["alarm_hours"],
        )


def initial_of(row: RulesRow) -> dict[str, Any]:
    """Return what the form begins with; before the first save the rules one would expect are ticked."""
    usual = [code for code in review_rules.RULES if code not in {"kind", "voivodeship"}]
    return {
        "is_automatic": row.is_automatic,
        "rules": list(row.chosen.rules) if row.revision else usual,
        "start_within_days": row.chosen.start_within_days,
        "entity_kinds": list(row.chosen.entity_kinds),
        "voivodeships": list(row.chosen.voivodeships),
        "alarm_hours": row.alarm_hours,
        "revision": row.revision,
    }
