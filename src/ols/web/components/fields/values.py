"""Dates, amounts and percentages as people type them."""

import re
from datetime import date, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ols.kernel import days, money

DATE_MESSAGES = {
    "EMPTY": _("%(label)s: enter day, month and year, for example 27.11.2026."),
    "NOT_A_DATE": _("%(label)s: enter day, month and year, for example 27.11.2026."),
    "NO_SUCH_DAY": _("%(label)s: there is no such day in the calendar."),
    "YEAR_OUT_OF_RANGE": _("%(label)s: enter a year between 1850 and 2199."),
}
COMING_MESSAGES = {
    "OVER": _("%(label)s: choose today or a later day."),
    "OUTSIDE": _("%(label)s: choose a day from %(first)s to %(last)s."),
}
AMOUNT_MESSAGES = {
    "EMPTY": _("%(label)s: enter an amount in zlotys, for example 1234,50."),
    "NOT_A_NUMBER": _("%(label)s: enter an amount in zlotys, for example 1234,50."),
    "TOO_MANY_DECIMALS": _("%(label)s: enter at most two digits after the comma."),
    "TOO_BIG": _("%(label)s: this amount is too big."),
    "NEGATIVE": _("%(label)s: enter an amount without a minus."),
    "AMBIGUOUS": _(
        "%(label)s: write the amount without a dot or comma between thousands, for example 1234,50."
    ),
    "TOO_SMALL": _("%(label)s: the lowest amount is %(limit)s."),
    "OVER": _("%(label)s: the highest amount is %(limit)s."),
}
PERCENT_MESSAGES = {
    "EMPTY": _("%(label)s: enter a percentage, for example 12,5."),
    "NOT_A_NUMBER": _("%(label)s: enter a percentage, for example 12,5."),
    "TOO_MANY_DECIMALS": _("%(label)s: enter at most two digits after the comma."),
    "TOO_BIG": _("%(label)s: enter at most 100 percent."),
    "NEGATIVE": _("%(label)s: enter a percentage without a minus."),
    "AMBIGUOUS": _("%(label)s: enter a percentage, for example 12,5."),
}


TIME_MESSAGE = _("%(label)s: enter hour and minutes, for example 8:30.")
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?", re.ASCII)


class DateField(forms.Field):
    """A day typed as `d.m.rrrr`, with `-` or `/`, or ISO; cleans to `date` or None."""

    widget = forms.TextInput(attrs={"class": "short number", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        """Return the day; refuse with words what is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return days.parse_date(str(value))
        except days.DateError as error:
            raise ValidationError(DATE_MESSAGES[error.code], error.code, {"label": self.label}) from error

    def prepare_value(self, value: Any) -> Any:
        """Show a known day as `dd.mm.rrrr`; what was typed stays as typed."""
        return days.format_date(value) if isinstance(value, date) else value


class ComingDayField(DateField):
    """A day from today on, at most `years` ahead where given; its form (`forms.DatedForm`) knows today."""

    today: date | None = None

    def __init__(self, *, years: int = 0, **kwargs: Any) -> None:
        """Keep how far ahead a day may be; 0: as far as one likes."""
        super().__init__(**kwargs)
        self.years = years

    def validate(self, value: Any) -> None:
        """Refuse with words a day that is over, or too far ahead."""
        super().validate(value)
        if value is None:
            return
        if self.today is None:
            raise RuntimeError("the form has not said which day it is")
        last = days.add_years(self.today, self.years) if self.years else date.max
        if self.today <= value <= last:
            return
        code = "OUTSIDE" if self.years else "OVER"
        told = {"label": self.label, "first": days.format_date(self.today), "last": days.format_date(last)}
        raise ValidationError(COMING_MESSAGES[code], code, told)


class TimeField(forms.Field):
    """An hour of the clock typed as `8`, `8:30` or `08.30`; cleans to `time` or None."""

    widget = forms.TextInput(attrs={"class": "short number", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> time | None:
        """Return the time; refuse with words what is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        found = _CLOCK.fullmatch(str(value).strip())
        if found is None:
            raise ValidationError(TIME_MESSAGE, "NOT_A_TIME", {"label": self.label})
        return time(int(found[1]), int(found[2] or 0))

    def prepare_value(self, value: Any) -> Any:
        """Show a known time as `08:30`; what was typed stays as typed."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class AmountField(forms.Field):
    """An amount in złoty; cleans to int grosze or None. Bounds are grosze, both included."""

    widget = forms.TextInput(attrs={"class": "short number", "inputmode": "decimal", "autocomplete": "off"})
    css_class = "amount"

    def __init__(self, *, min_gr: int = 0, max_gr: int | None = None, **options: Any) -> None:
        """Keep the bounds."""
        super().__init__(**options)
        self.min_gr = min_gr
        self.max_gr = max_gr

    def to_python(self, value: Any) -> int | None:
        """Return grosze; refuse with words what is no amount or out of bounds."""
        if value in self.empty_values:
            return None
        try:
            amount = money.parse_amount(str(value))
        except money.AmountError as error:
            raise self._refusal(error.code) from error
        if amount < self.min_gr:
            raise self._refusal("TOO_SMALL", self.min_gr)
        if self.max_gr is not None and amount > self.max_gr:
            raise self._refusal("OVER", self.max_gr)
        return amount

    def prepare_value(self, value: Any) -> Any:
        """Show grosze as `1 234,50`; what was typed stays as typed."""
        return money.format_amount(value).removesuffix("\u00a0zł") if isinstance(value, int) else value

    def _refusal(self, code: str, limit_gr: int = 0) -> ValidationError:
        limit = money.format_amount(limit_gr)
        return ValidationError(AMOUNT_MESSAGES[code], code, {"label": self.label, "limit": limit})


class PercentField(forms.Field):
    """A percentage from 0 to 100 with at most two decimals; cleans to basis points or None."""

    widget = forms.TextInput(attrs={"class": "short number", "inputmode": "decimal", "autocomplete": "off"})
    css_class = "amount"

    def to_python(self, value: Any) -> int | None:
        """Return basis points; refuse with words what is no percentage."""
        if value in self.empty_values:
            return None
        try:
            rate_bp = money.parse_percent(str(value))
        except money.AmountError as error:
            raise ValidationError(PERCENT_MESSAGES[error.code], error.code, {"label": self.label}) from error
        if rate_bp > 10_000:
            raise ValidationError(PERCENT_MESSAGES["TOO_BIG"], "TOO_BIG", {"label": self.label})
        return rate_bp

    def prepare_value(self, value: Any) -> Any:
        """Show basis points as `12,5`; what was typed stays as typed."""
        return money.format_percent(value).removesuffix("%") if isinstance(value, int) else value
