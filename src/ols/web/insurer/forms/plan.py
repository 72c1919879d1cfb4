"""What a plan manager types: plans, terms, benefits."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ols.plans import services as plans
from ols.web.components import fields
from ols.web.components.forms import Form

SEXES = [("", _("everybody")), ("F", _("women only")), ("M", _("men only"))]


class NewPlan(Form):
    """A plan's code and name."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=20,
        help_text=_("Letters, digits and dashes; policy files name the plan by it."),
        error_messages={"invalid": _("Code: use letters, digits and dashes only.")},
    )
    name = forms.CharField(label=_("Name"), max_length=120)


class NewTerms(Form):
    """From which day which overall conditions count."""

    valid_from = fields.DateField(label=_("Valid from"))
    deductible_gr = fields.AmountField(
        label=_("Deductible a year"),
        required=False,
        help_text=_("What the insured pays first each policy year. Empty: none."),
    )
    sum_insured_gr = fields.AmountField(
        label=_("Sum insured a year"),
        required=False,
        help_text=_("The most that is paid for one person a policy year. Empty: no such limit."),
    )
    filing_limit_days = forms.IntegerField(
        label=_("Days to file a claim"),
        min_value=1,
        max_value=1095,
        initial=30,
        error_messages={
            "invalid": _("Days to file a claim: enter a whole number."),
            "min_value": _("Days to file a claim: enter a number from 1 to 1095."),
            "max_value": _("Days to file a claim: enter a number from 1 to 1095."),
        },
    )

    def values(self) -> dict[str, Any]:
        """Return the service's arguments; an empty sum insured means no limit (-1)."""
        data = self.cleaned_data
        return {
            "valid_from": data["valid_from"],
            "deductible_gr": data["deductible_gr"] or 0,
            "sum_insured_gr": -1 if data["sum_insured_gr"] is None else data["sum_insured_gr"],
            "filing_limit_days": data["filing_limit_days"],
        }


class _Count(forms.IntegerField):
    """A whole number from 0 (or `lowest`) up; empty means no such rule."""

    def __init__(self, label: Any, *, highest: int, lowest: int = 0, help_text: Any = "") -> None:
        """Give every refusal the same sentence."""
        words = _("{label}: enter a whole number from {lowest} to {highest}.")
        message = format_lazy(words, label=label, lowest=lowest, highest=highest)
        super().__init__(
            label=label,
            required=False,
            min_value=lowest,
            max_value=highest,
            help_text=help_text,
            widget=forms.TextInput(attrs={"class": "short number", "inputmode": "numeric"}),
            error_messages={"invalid": message, "min_value": message, "max_value": message},
        )


class Benefit(Form):
    """One benefit: which services, up to what, on which conditions."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=20,
        error_messages={"invalid": _("Code: use letters, digits and dashes only.")},
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    service_ids = forms.TypedMultipleChoiceField(
        label=_("Services"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one service.")},
    )
    count_limit = _Count(_("Count limit a year"), highest=100_000, help_text=_("Empty: no limit."))
    amount_limit_gr = fields.AmountField(
        label=_("Amount limit a year"), required=False, help_text=_("Empty: no limit.")
    )
    is_family_shared = forms.BooleanField(label=_("Limits shared by the family"), required=False)
    copay_gr = fields.AmountField(
        label=_("Fixed co-payment"), required=False, help_text=_("The insured pays it for each unit.")
    )
    coinsurance_bp = fields.PercentField(
        label=_("Percentage co-payment"), required=False, help_text=_("The insured's share, for example 20.")
    )
    franchise_gr = fields.AmountField(
        label=_("Franchise"), required=False, help_text=_("Below this amount nothing is paid.")
    )
    waiting_days = _Count(_("Waiting period in days"), highest=3650)
    waiting_months = _Count(_("Waiting period in months"), highest=120)
    age_from = _Count(_("From age"), highest=120)
    age_below = _Count(_("Below age"), lowest=1, highest=150)
    sex = forms.ChoiceField(label=_("For whom"), choices=SEXES, required=False)
    needs_referral = forms.BooleanField(label=_("Needs a referral"), required=False)
    referral_valid_days = _Count(_("Referral valid for days"), highest=3650, help_text=_("Empty: no limit."))
    needs_authorization = forms.BooleanField(label=_("Needs the insurer's consent"), required=False)
    interval_days = _Count(_("Not more often than every … days"), highest=3650)
    is_excluded = forms.BooleanField(label=_("Excluded: these services are never paid"), required=False)

    UNLIMITED = ("count_limit", "amount_limit_gr", "age_from", "age_below", "referral_valid_days")

    def __init__(
        self, services: Sequence[tuple[str, Sequence[tuple[int, str]]]], *args: Any, **kwargs: Any
    ) -> None:
        """Offer the services, grouped by area."""
        super().__init__(*args, **kwargs)
        choices = self.fields["service_ids"]
        if isinstance(choices, forms.TypedMultipleChoiceField):
            choices.choices = list(services)

    def draft(self) -> plans.BenefitDraft:
        """Return what the service takes; empty means no such limit (-1) or none (0)."""
        data: Mapping[str, Any] = self.cleaned_data
        values: dict[str, Any] = {
            name: (-1 if name in self.UNLIMITED else 0) if value is None else value
            for name, value in data.items()
        }
        values["service_ids"] = tuple(sorted(data["service_ids"]))
        return plans.BenefitDraft(**values)

    @classmethod
    def initial_of(cls, benefit: object) -> dict[str, Any]:
        """Return the form's values of a stored benefit: -1 and 0 show as empty."""
        values = {name: getattr(benefit, name) for name in cls.base_fields}
        return {name: None if cls._says_nothing(name, value) else value for name, value in values.items()}

    @classmethod
    def _says_nothing(cls, name: str, value: object) -> bool:
        """Say whether the stored number means that there is no such rule."""
        return type(value) is int and value == (-1 if name in cls.UNLIMITED else 0)
