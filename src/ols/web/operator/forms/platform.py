"""The settings of the platform."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.onboarding.selectors import PlatformSettings
from ols.onboarding.services import MAX_ALARM_HOURS, MAX_ANSWER_DAYS, MAX_FRESH_DAYS
from ols.web.components import fields
from ols.web.components.forms import Form

_CLOCK = forms.TimeInput(attrs={"class": "short", "inputmode": "numeric"}, format="%H:%M")


class PlatformForm(Form):
    """What the operator decides for everybody."""

    consultant_phone = fields.IdentifierField(kind="phone", label=_("Consultant's phone"))
    consultant_opens = forms.TimeField(
        label=_("Consultant from"),
        widget=_CLOCK,
        error_messages={"invalid": _("Consultant from: enter a time like 08:00.")},
    )
    consultant_closes = forms.TimeField(
        label=_("Consultant until"),
        widget=_CLOCK,
        error_messages={"invalid": _("Consultant until: enter a time like 16:00.")},
    )
    answer_days = forms.IntegerField(
        label=_("Days to answer an application"),
        min_value=1,
        max_value=MAX_ANSWER_DAYS,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("From 1 to 30. It counts for applications sent from now on."),
    )
    answer_in_working_days = forms.BooleanField(label=_("Count working days only"), required=False)
    alarm_hours = forms.IntegerField(
        label=_("How many hours before the deadline the operators get an e-mail"),
        min_value=1,
        max_value=MAX_ALARM_HOURS,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_(
            "From 1 to 24, counted in the consultant's hours. Past the deadline one comes every working day."
        ),
    )
    extract_fresh_days = forms.IntegerField(
        label=_("How many days a register extract is fresh"),
        min_value=1,
        max_value=MAX_FRESH_DAYS,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("From 1 to 365."),
    )
    approves_by_itself = forms.BooleanField(
        label=_("Approve an application without a person when everything agrees"),
        required=False,
        help_text=_("Each such approval is marked in the queue and in the history."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse hours that end before they begin."""
        given = super().clean() or self.cleaned_data
        opens, closes = given.get("consultant_opens"), given.get("consultant_closes")
        if opens and closes and closes <= opens:
            self.add_error("consultant_closes", _("Consultant until: choose a time after the beginning."))
        return given

    def wanted(self) -> PlatformSettings:
        """Return the settings as the service takes them."""
        return PlatformSettings(**self.cleaned_data)
