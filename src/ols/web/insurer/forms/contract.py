"""What an insurer's network manager answers to an offer or a price list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form

RETURN = "return"
REJECT = "reject"


class OfferRefusal(Form):
    """Return the offer with remarks, or reject it with a reason; the clinic reads the words."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[(RETURN, _("Return for correction")), (REJECT, _("Reject"))],
        widget=forms.RadioSelect,
        initial=RETURN,
    )
    remark = forms.CharField(
        label=_("Remarks or reason"),
        max_length=2000,
        help_text=_("The clinic sees them. Say what to correct, or why not."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PriceListReturn(Form):
    """What the clinic should change in its prices."""

    remark = forms.CharField(
        label=_("Remarks"),
        max_length=2000,
        help_text=_("The clinic sees them. Say which prices to change."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
