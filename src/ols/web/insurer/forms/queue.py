"""What the insurer's queue is searched by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.network.selectors import offer_queue
from ols.web.components.forms import Form


class QueueSearch(Form):
    """Words of a name, a town, a number or a NIP; the part of the queue stays as it is."""

    text = forms.CharField(
        label=_("Clinic, town, NIP or number of the offer"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    show = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    only = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def wanted(self) -> offer_queue.QueueFilter:
        """Return what was asked for; what cannot be read filters nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return offer_queue.normal(
            offer_queue.QueueFilter(**{name: given.get(name) or "" for name in self.fields})
        )
