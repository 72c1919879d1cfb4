"""What an insurer's network manager answers to an offer or a price list."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ols.network import asked
from ols.network.selectors import ContractDetail
from ols.web.components.asked_form import Askable, AskedFields
from ols.web.components.forms import Form


class OfferReturn(AskedFields):
    """Which fields of the offer have to be corrected, each with a remark; or words about the whole."""

    nothing = _("Tick a field, or write what the clinic has to correct.")
    remark = forms.CharField(
        label=_("Remarks about the whole offer"),
        max_length=2000,
        required=False,
        help_text=_("The clinic reads them on its page and in the e-mail, before the fields."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, detail: ContractDetail, **kwargs: Any) -> None:
        """Offer the parameters and the documents of this offer."""
        documents = {item.code: item.name for item in detail.documents}
        names = (*asked.PARAMETER_FIELDS, *map(asked.document_field, documents))
        askable = [
            Askable(name, asked.label(name, documents=documents), asked.remarks(name)) for name in names
        ]
        super().__init__(*args, askable=askable, **kwargs)


class OfferRejection(Form):
    """Why there will be no co-operation: a common reason, one's own words, or both."""

    common = forms.ChoiceField(label=_("Common reason"), required=False)
    reason = forms.CharField(
        label=_("Reason in your words"),
        max_length=2000,
        required=False,
        help_text=_("The clinic gets the reason by e-mail. It may make a new offer later."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the common reasons."""
        super().__init__(*args, **kwargs)
        common = self.fields["common"]
        assert isinstance(common, forms.ChoiceField)
        common.choices = [("", _("Own words")), *((_now(text), _now(text)) for text in asked.REASONS)]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason."""
        given: dict[str, Any] = self.cleaned_data
        if not self.errors and not self.words():
            self.add_error("reason", _("Reason: choose a common one, or write why you reject the offer."))
        return given

    def words(self) -> str:
        """Return the reason: the common one, then one's own words."""
        given = self.cleaned_data
        return " ".join(filter(None, (given.get("common"), (given.get("reason") or "").strip())))


class PriceListReturn(Form):
    """What the clinic should change in its prices."""

    remark = forms.CharField(
        label=_("Remarks"),
        max_length=2000,
        help_text=_("The clinic sees them. Say which prices to change."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
