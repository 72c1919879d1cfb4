"""What an insurer sets up: areas, from which day to which, and what they are about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components import fields
from ols.web.components.forms import DatedForm, Form

_LONGEST = 1000


class AreaOpening(DatedForm):
    """From which day clinics may work in an area."""

    opens_on = fields.ComingDayField(
        label=_("Open from"),
        help_text=_("Today or later. With a later day the area is announced until then."),
    )


class AreaClosing(DatedForm):
    """From which day an area takes no new price lists."""

    closes_on = fields.ComingDayField(
        label=_("Closed from"),
        help_text=_("Today or later. On the day before, price lists can still be sent."),
    )


class AreaReopening(DatedForm):
    """From which day a closed area takes price lists again."""

    reopens_on = fields.ComingDayField(
        label=_("Open again from"), help_text=_("Today or later. The clinics are told at once.")
    )


class AreaDescription(Form):
    """What the insurer tells clinics about an area."""

    description = forms.CharField(
        label=_("Description in Polish"),
        max_length=_LONGEST,
        required=False,
        help_text=_("What belongs to the area, whom you look for. Clinics see it beside the terms."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "low", "lang": "pl"}),
    )
    description_en = forms.CharField(
        label=_("Description in English"),
        max_length=_LONGEST,
        required=False,
        help_text=_("For people who read the pages in English. Empty: they see the Polish one."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "low", "lang": "en"}),
    )

    def clean(self) -> None:
        """Refuse English words alone: most clinics read Polish."""
        given = self.cleaned_data
        if given.get("description_en") and not given.get("description") and not self.errors:
            self.add_error("description", _("Description in Polish: fill it in, too; most clinics read it."))
